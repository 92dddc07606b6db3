"""Our side of the fediverse in a test: the server as it runs, an account, a note, a small sender."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from django.conf import settings

from hue.config import serve
from hue.fediverse import keys, names, signatures
from hue.fediverse.models import Activity, Actor, Note
from hue.lib import clock
from tests.box import free_port
from tests.cast import NOON
from tests.processes import start, wait_for


def an_account(name: str = "police", kind: str = "force", **also: Any) -> Actor:
    private, public = keys.new_pair()
    told = {"private_key": private, "public_key": public, "opened_at": NOON, "changed_at": NOON}
    return Actor.objects.create(name=name, kind=kind, key=name, **told, **also)


QUOTABLE = {"canQuote": {"automaticApproval": [names.PUBLIC]}}


def a_note(actor: Actor, id_: str = "0123456789", **says: Any) -> Note:
    told = {"id": names.note(id_), "type": "Note", "attributedTo": names.actor(actor.name)}
    also = {"object": told | says, "published_at": NOON, "number": actor.notes.count() + 1}
    return Note.objects.create(pk=id_, actor=actor, **also)


@contextmanager
def our_server() -> Iterator[str]:
    """The one-box server; the names in this process are its names."""
    where = serve.Address("127.0.0.1", free_port())
    settings.HUE_SITE = f"http://{where}"
    also = {"HUE_BIND": str(where), "HUE_SITE": settings.HUE_SITE, "HUE_FETCH_PRIVATE": "yes"}
    server = start("hue", "serve", **also)
    try:
        wait_for(lambda: serve.answers(where))
        yield settings.HUE_SITE
    finally:
        server.terminate()  # killed, it would leave its own child behind
        sys.stdout.buffer.write(server.communicate()[0])


def object_of(actor: Actor) -> dict[str, Any]:
    uri = names.actor(actor.name)
    return {
        "@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"],
        "id": uri,
        "type": "Group",
        "preferredUsername": actor.name,
        "inbox": names.inbox(actor.name),
        "publicKey": {"id": names.key(actor.name), "owner": uri, "publicKeyPem": actor.public_key},
    }


def show(actor: Actor) -> None:
    """Its object among the public files, so that others can look its key up."""
    folder = Path(settings.HUE_DATA) / "public" / "actors"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{actor.name}{names.SUFFIX}").write_text(json.dumps(object_of(actor)))


def send_answers() -> list[int]:
    """What waits for one inbox goes there; the status of each answer."""
    statuses = []
    for activity in Activity.objects.due().exclude(to=""):
        body, actor = activity.body.encode(), activity.actor
        headers = signatures.sign(
            signatures.Signer(names.key(actor.name), keys.opened(actor.private_key)),
            method="POST",
            url=activity.to,
            at=clock.real_now(),
            digest=signatures.digest_of(body),
        )
        headers["Content-Type"] = "application/activity+json"
        statuses.append(httpx.post(activity.to, content=body, headers=headers).status_code)
        activity.move_to("addressed")
    return statuses

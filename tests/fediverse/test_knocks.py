"""A real server that takes one kind of signature alone gets everything all the same."""

from collections.abc import Iterator
from typing import Any

import pytest

from hue.fediverse import names, objects
from hue.fediverse.models import Activity, Actor, Dispatch, Server
from tests.cast import NOON, Cast
from tests.fediverse.conftest import sent
from tests.fediverse.elsewhere import follow
from tests.fediverse.fedify import Fedify, fedify, needs_fedify
from tests.fediverse.ours import an_account, our_server, show

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True), needs_fedify]


@pytest.fixture
def police(cast: Cast, settings: Any) -> Iterator[Actor]:
    settings.HUE_FETCH_PRIVATE = True
    with our_server():
        actor = an_account()
        show(actor)
        yield actor


def told(actor: Actor, peer: Fedify, number: int) -> list[str]:
    """What came of one more message to its followers, knock by knock."""
    of = f"activity{number}"
    body = {"id": names.activity(of), "type": "Like", "actor": names.actor(actor.name)}
    body["object"] = f"{peer.site}/notes/{number}"
    Activity.objects.create(id=of, kind="Like", actor=actor, body=objects.document(body), at=NOON)
    sent()
    heard: list[str] = []
    while not heard or heard[-1].startswith("refused"):
        heard.append(peer.came.get(timeout=10)["came"])
    return heard


@pytest.mark.parametrize("only", ["cavage", "rfc9421"])
def test_what_it_takes_is_found_out_and_remembered(police: Actor, only: str) -> None:
    newer = only == "rfc9421"
    with fedify(only=only) as peer:
        follow(police, peer.site)
        Server.objects.update(wants_rfc9421=not newer)
        other = "cavage" if newer else "rfc9421"
        assert told(police, peer, 1) == [f"refused {other}", "Like"]
        assert Server.objects.get().wants_rfc9421 is newer
        assert told(police, peer, 2) == ["Like"], "it is known now"
    assert set(Dispatch.objects.values_list("state", flat=True)) == {"sent"}

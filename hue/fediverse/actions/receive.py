"""What a verified activity means to us."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from django.db import transaction

from hue.fediverse import access
from hue.fediverse.access import NotTaken, sender
from hue.fediverse.accounts import Account
from hue.fediverse.actions.delete import delete
from hue.fediverse.actions.flag import flag
from hue.fediverse.actions.follow import block, follow, move
from hue.fediverse.actions.profile import change_profile
from hue.fediverse.actions.quote import quote
from hue.fediverse.actions.react import react
from hue.fediverse.actions.reply import change_reply, reply
from hue.fediverse.actions.undo import undo
from hue.fediverse.documents import id_of, object_of
from hue.fediverse.models import Received
from hue.people.models import Officer


class Verb(Protocol):
    def __call__(self, *, by: Officer, at: datetime, received: Received) -> None: ...


VERBS: Mapping[str, Verb] = {
    "Follow": follow,
    "Block": block,
    "Like": react,
    "Announce": react,
    "QuoteRequest": quote,
    "Undo": undo,
    "Create": reply,
    "Delete": delete,
    "Flag": flag,
}


@transaction.atomic
def receive(
    *, by: Officer, at: datetime, received: Received, target: Account | None = None
) -> None:
    """Done, or refused with the reason; emptied either way. `target` is where a Move leads."""
    access.require_software(by)
    try:
        with transaction.atomic():
            access.require_known(received)
            if received.kind == "Move":
                move(by=by, at=at, received=received, target=target)
            else:
                _verb(received)(by=by, at=at, received=received)
    except NotTaken as reason:
        received.move_to("refused", body={}, why=str(reason)[:300])
    else:
        received.move_to("done", body={})


def _verb(received: Received) -> Verb:
    if received.kind == "Update":
        themselves = id_of(object_of(received.body)) == sender(received).uri
        return change_profile if themselves else change_reply
    return VERBS[received.kind]

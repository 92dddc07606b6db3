"""Somebody elsewhere likes or passes on what we said."""

from datetime import datetime

from hue.fediverse import access
from hue.fediverse.access import sender
from hue.fediverse.documents import id_of
from hue.fediverse.models import Reaction, Received
from hue.pages import stale
from hue.people.models import Officer

KINDS = {"Like": "like", "Announce": "boost"}


def react(*, by: Officer, at: datetime, received: Received) -> None:
    """Counted once, however often it is said."""
    access.require_software(by)
    note = access.require_note(id_of(received.body.get("object")))
    Reaction.objects.get_or_create(
        note=note,
        stranger=sender(received),
        kind=KINDS[received.kind],
        defaults={"activity_id": received.activity_id, "at": at},
    )
    stale.mark(("fediverse.note", note.pk), at=at)

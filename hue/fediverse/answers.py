"""What we say to one server, about something that it sent."""

from datetime import datetime
from typing import Any

from hue.fediverse import names, objects
from hue.fediverse.access import sender
from hue.fediverse.documents import id_of
from hue.fediverse.models import Activity, Actor, Received
from hue.jobs import queue
from hue.lib.ids import new_id

REPEATED = ("id", "type", "actor", "object", "instrument")
RANK = 3  # somebody waits for it: before what is said to many


def accept(actor: Actor, received: Received, *, at: datetime, result: str = "") -> None:
    """`result` is the address of what it led to."""
    _answer("Accept", actor, received, at, {"result": result} if result else {})


def reject(actor: Actor, received: Received, *, at: datetime) -> None:
    _answer("Reject", actor, received, at, {})


def _answer(
    kind: str, actor: Actor, received: Received, at: datetime, also: dict[str, str]
) -> None:
    of, body = new_id(), received.body
    told: dict[str, Any] = {
        "id": names.activity(of),
        "type": kind,
        "actor": names.actor(actor.name),
        "to": [sender(received).uri],
        # No more of it than they need to know it again.
        "object": {name: _named(body[name]) for name in REPEATED if name in body},
        **also,
    }
    Activity.objects.create(
        id=of,
        kind=kind,
        actor=actor,
        body=objects.document(told),
        to=sender(received).inbox,
        rank=RANK,
        at=at,
    )
    queue.defer("fediverse.address", once="fediverse.address", priority=queue.URGENT)


def _named(thing: Any) -> Any:
    """By its address, where it came whole."""
    return id_of(thing) or thing

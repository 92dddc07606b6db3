"""What we say to one server, about something that it sent."""

import json
from datetime import datetime
from typing import Any

from hue.fediverse import names
from hue.fediverse.access import sender
from hue.fediverse.models import Activity, Actor, Received
from hue.jobs import queue
from hue.lib.ids import new_id

RANK = 3  # somebody waits for it: before what is said to many


def accept(actor: Actor, received: Received, *, at: datetime) -> None:
    _answer("Accept", actor, received, at)


def reject(actor: Actor, received: Received, *, at: datetime) -> None:
    _answer("Reject", actor, received, at)


def _answer(kind: str, actor: Actor, received: Received, at: datetime) -> None:
    of, body = new_id(), received.body
    told: dict[str, Any] = {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": names.activity(of),
        "type": kind,
        "actor": names.actor(actor.name),
        "to": [sender(received).uri],
        # No more of it than they need to know it again.
        "object": {name: body[name] for name in ("id", "type", "actor", "object") if name in body},
    }
    Activity.objects.create(
        id=of,
        kind=kind,
        actor=actor,
        body=json.dumps(told, ensure_ascii=False),
        to=sender(received).inbox,
        rank=RANK,
        at=at,
    )
    queue.defer("fediverse.address", once="fediverse.address", priority=queue.URGENT)

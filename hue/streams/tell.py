"""Telling open screens: a row and a NOTIFY in the caller's transaction."""

from datetime import datetime
from typing import Any

from django.db import connection

from hue.streams.models import Told

CHANNEL = "hue_told"
TAKEN_BACK = "taken_back"  # said to nobody any more
PUBLIC = ("force", "event/", "neighbourhood/", "unit/")  # what anybody may listen to


def tell(topic: str, kind: str, data: dict[str, Any], *, at: datetime) -> None:
    """Readers of `topic` get it when the transaction commits."""
    tell_all([topic], kind, data, at=at)


def tell_all(topics: list[str], kind: str, data: dict[str, Any], *, at: datetime) -> None:
    """The same for several topics, in two queries."""
    rows = Told.objects.bulk_create(
        [Told(topic=topic, kind=kind, data=data, at=at) for topic in topics]
    )
    with connection.cursor() as cursor:
        # The payload is limited to 8,000 bytes: the ids are enough.
        cursor.execute(
            "SELECT pg_notify(%s, told::text) FROM unnest(%s) AS told",
            [CHANNEL, [row.pk for row in rows]],
        )


def take_back(topics: list[str], id_: str) -> int:
    """What was told of `id_` so far is not replayed: its words may be gone. How many messages.

    The newer message that follows says all there is to say. The empty rows stay: who had heard
    one of them last goes on from there.
    """
    told = Told.objects.filter(topic__in=topics, data__id=id_)
    return told.update(kind=TAKEN_BACK, data={})

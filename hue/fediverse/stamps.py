"""Stamps: files that say which posts elsewhere may quote which of our notes."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from hue.fediverse import names, objects
from hue.fediverse.models import Activity, Quote
from hue.jobs import queue
from hue.lib.ids import new_id
from hue.pages import stale

SOURCE = "fediverse.stamp"
RANK = 1  # like every taking back


def show(quote: Quote, *, at: datetime) -> str:
    """Its address; the file is written before the answer that names it can arrive."""
    stale.mark((SOURCE, quote.pk), ("fediverse.note", quote.note_id), at=at)
    return names.stamp(quote.pk)


def revoke(quotes: Sequence[Quote], *, at: datetime) -> None:
    """Within the transaction that takes them back. Who quotes is told; the files go."""
    if quotes:
        Activity.objects.bulk_create([_delete(quote, at) for quote in quotes])
        queue.defer("fediverse.address", once="fediverse.address", priority=queue.URGENT)
        stale.mark(*((SOURCE, quote.pk) for quote in quotes), at=at)


def drop(quotes: QuerySet[Quote], *, at: datetime) -> None:
    """They quote us no more; nobody need be told."""
    gone = list(quotes.values_list("pk", flat=True))
    if gone:
        stale.mark(*((SOURCE, pk) for pk in gone), at=at)
        quotes.delete()


def _delete(quote: Quote, at: datetime) -> Activity:
    of = new_id()
    return Activity(
        id=of,
        kind="Delete",
        actor=quote.note.actor,
        body=objects.document(objects.revoke(of, quote, at)),
        to=quote.stranger.inbox,
        rank=RANK,
        at=at,
    )

"""Saying that a page no longer fits its rows; a job writes it."""

from datetime import datetime

from hue.jobs import queue
from hue.pages.models import Stale
from hue.pages.sources import REGISTRY


def mark(*pages: tuple[str, str], at: datetime) -> None:
    """In the transaction of the change: the pages named (source, key) are to be written anew."""
    # Sorted: two transactions that mark the same pages take the rows in the same order.
    rows = [
        Stale(source=source, key=key, rank=REGISTRY[source].rank, since=at)
        for source, key in sorted(set(pages))
    ]
    Stale.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["source", "key"],
        update_fields=["since", "rank", "tries"],
    )
    queue.defer("pages.write", once="pages.write", priority=queue.URGENT)

"""Reads about files on their way in, and about suspects."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from hue.incidents import uploads
from hue.incidents.models import ImportBatch, Incident
from hue.incidents.streetfile.layouts import Columns, Field
from hue.incidents.streetfile.table import Table, open_table

MAY_BE_UNDONE_FOR = timedelta(hours=24)


def remembered(headings: Sequence[str]) -> Columns | None:
    """The columns that somebody chose for the last imported file with these headings."""
    last = (
        ImportBatch.objects.filter(headings=list(headings), state__in=["imported", "undone"])
        .order_by("-at")
        .first()
    )
    return columns_of(last) if last else None


def columns_of(batch: ImportBatch) -> Columns:
    return {Field(name): heading for name, heading in batch.mapping.items()}


def table_of(batch: ImportBatch) -> Table:
    """Raises FileRefused where the file is gone."""
    return open_table(uploads.path_of(batch.pk))


def may_be_undone_until(batch: ImportBatch) -> datetime | None:
    if batch.state != "imported" or batch.ended_at is None:
        return None
    return batch.ended_at + MAY_BE_UNDONE_FOR


def recent() -> list[ImportBatch]:
    return list(ImportBatch.objects.select_related("by").order_by("-at")[:20])


def unclaimed_suspects(incident: Incident) -> set[int]:
    """Numbers in the proceedings of whom nobody has noted who they are."""
    claimed = incident.concerned.exclude(suspect=None).values_list("suspect", flat=True)
    return set(incident.proceedings.values_list("suspect", flat=True)) - {*claimed}

"""A file of incidents from its arrival to its end: all of it is stored, or nothing."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.db.models import ProtectedError, Q

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.incidents import uploads
from hue.incidents.access import place_that_may_be_kept
from hue.incidents.arrivals import Arrival, arrivals
from hue.incidents.kinds import WITH_VICTIM
from hue.incidents.models import ImportBatch, Incident
from hue.incidents.queries import columns_of, may_be_undone_until, remembered, table_of
from hue.incidents.streetfile.kinds import is_over
from hue.incidents.streetfile.layouts import (
    Columns,
    check_columns,
    suggest,
)
from hue.incidents.streetfile.rows import FileRefused, IncomingIncident, Precision
from hue.incidents.streetfile.table import open_table
from hue.jobs import queue
from hue.people.access import Refused, require
from hue.people.models import Officer
from hue.people.roles import Permission

RECEIVED = Kind("import.received", "{by} handed in {name} to be imported.")
COLUMNS_CHOSEN = Kind("import.columns", "{by} chose the columns of {name}.")
BEGUN = Kind("import.begun", "{by} let the {rows} rows of {name} be imported.")
IMPORTED = Kind(
    "import.imported", "{by} imported {added} incidents from {name}; {known} were known."
)
UNDONE = Kind("import.undone", "{by} undid the import of {name}: {added} incidents were taken out.")
DROPPED = Kind("import.dropped", "{by} dropped {name} without importing it.")

BATCH = 250


class NotAllGood(Exception):
    """A row is bad, so none was stored."""


@transaction.atomic
def receive(*, by: Officer, at: datetime, name: str, path: Path, here: bool = False) -> ImportBatch:
    """Take over a file kept by `uploads.keep`. Known columns are looked through at once.

    `here`, in all of these: the caller goes on with the work itself, so no job is left for it.

    Raises FileRefused where it is no table; the file is gone then.
    """
    require(by, Permission.IMPORT_INCIDENTS)
    try:
        table = open_table(path)
    except FileRefused:
        path.unlink()
        raise
    known = remembered(table.headings) or (table.layout.columns if table.layout else None)
    mapping = known or suggest(table.headings)
    batch = ImportBatch.objects.create(
        by=by,
        at=at,
        name=name[:200],
        digest=uploads.digest_of(path),
        headings=list(table.headings),
        mapping={field.value: heading for field, heading in mapping.items()},
    )
    uploads.settle(path, batch.pk)
    record(RECEIVED, by=by, at=at, subject=batch, data={"name": batch.name})
    if known:
        _look_through(batch, here=here)
    return batch


@transaction.atomic
def choose_columns(
    *, by: Officer, at: datetime, batch: ImportBatch, columns: Columns, here: bool = False
) -> None:
    """Raises FileRefused with what has to be changed in the choice."""
    require(by, Permission.IMPORT_INCIDENTS)
    check_columns(columns, batch.headings)
    batch.mapping = {field.value: heading for field, heading in columns.items()}
    batch.save(update_fields=["mapping"])
    record(COLUMNS_CHOSEN, by=by, at=at, subject=batch, data={"name": batch.name})
    _look_through(batch, here=here)


@transaction.atomic
def begin(*, by: Officer, at: datetime, batch: ImportBatch, here: bool = False) -> None:
    """From here the worker goes on."""
    require(by, Permission.IMPORT_INCIDENTS)
    batch.move_to("importing", by=by)
    record(BEGUN, by=by, at=at, subject=batch, data={"name": batch.name, "rows": batch.rows})
    if not here:
        queue.defer("incidents.import", batch=batch.pk)


@transaction.atomic
def complete(*, by: Officer, at: datetime, batch: ImportBatch, each: Callable[[int], None]) -> None:
    """Store every new row. Raises NotAllGood, with nothing stored, where any row is bad."""
    require(by, Permission.IMPORT_INCIDENTS)
    arriving = arrivals(table_of(batch), columns_of(batch), latest=at)
    rows = added = 0
    while some := list(islice(arriving, BATCH)):
        rows += len(some)
        added += len(Incident.objects.bulk_create(_new_rows(some, batch, by)))
        each(rows)
    batch.move_to("imported", rows=rows, added=added, ended_at=at)
    told = {"name": batch.name, "added": added, "known": rows - added}
    record(IMPORTED, by=by, at=at, subject=batch, data=told)
    transaction.on_commit(lambda: uploads.remove(batch.pk))


@transaction.atomic
def undo(*, by: Officer, at: datetime, batch: ImportBatch) -> None:
    """Take the incidents of an import out again, while nobody has built on any of them."""
    require(by, Permission.IMPORT_INCIDENTS)
    until = may_be_undone_until(batch)
    if until is None or at > until:
        raise Refused("An import can be undone for a day; after that its incidents stay.")
    if _worked_on(batch):
        raise Refused("Somebody has added to these incidents since, so the import stays.")
    batch.move_to("undone")
    _take_out(batch)
    told = {"name": batch.name, "added": batch.added}
    record(UNDONE, by=by, at=at, subject=batch, data=told)


@transaction.atomic
def drop(*, by: Officer, at: datetime, batch: ImportBatch) -> None:
    require(by, Permission.IMPORT_INCIDENTS)
    batch.move_to("dropped", ended_at=at)
    record(DROPPED, by=by, at=at, subject=batch, data={"name": batch.name})
    transaction.on_commit(lambda: uploads.remove(batch.pk))


def _look_through(batch: ImportBatch, *, here: bool) -> None:
    batch.move_to("checking", why="", found={})
    if not here:
        queue.defer("incidents.check_import", batch=batch.pk)


def _new_rows(some: list[Arrival], batch: ImportBatch, by: Officer) -> Iterator[Incident]:
    for arrival in some:
        if arrival.row.incident is None:
            raise NotAllGood(str(arrival.row.faults[0]))
        if not arrival.known:
            yield _incident(arrival.row.incident, arrival, batch, by)


def _incident(
    incoming: IncomingIncident, arrival: Arrival, batch: ImportBatch, by: Officer
) -> Incident:
    over = is_over(incoming.outcome_code, incoming.outcome_words)
    return Incident(
        kind=incoming.kind,
        has_victim=incoming.kind in WITH_VICTIM,
        log_reference=incoming.reference,
        neighbourhood_id=arrival.ground.neighbourhood,
        ward=arrival.ground.ward,
        where=place_that_may_be_kept(incoming.kind, incoming.place),
        happened_at=incoming.happened.start,
        happened_month_only=incoming.happened.precision is Precision.MONTH,
        happened_day_only=incoming.happened.precision is Precision.DAY,
        reported=incoming.reported,
        did=incoming.did,
        state="over" if over else "open",
        outcome_code=incoming.outcome_code,
        outcome_words=incoming.outcome_words,
        by=by,
        batch=batch,
        digest=incoming.key.hex(),
        said=incoming.content.hex(),
    )


def _worked_on(batch: ImportBatch) -> bool:
    changed = Q(version__gt=1) | Q(outcome_at__isnull=False) | Q(victim_informed_at__isnull=False)
    changed |= ~Q(offence="") | Q(small_place=True) | Q(found_at__isnull=False)
    built = Q(proceedings__isnull=False) | Q(concerned__isnull=False) | Q(orders__isnull=False)
    return batch.incidents.filter(changed | built).exists()


def _take_out(batch: ImportBatch) -> None:
    """In slices: the check that no post is about them reads each row."""
    try:
        while some := list(batch.incidents.values_list("pk", flat=True)[:BATCH]):
            Incident.objects.filter(pk__in=some).delete()
    except ProtectedError as used:
        raise Refused("There are posts about these incidents, so the import stays.") from used

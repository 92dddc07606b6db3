"""The way in: a file, row by row, without ever holding all of it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from hue.incidents.streetfile.coordinates import to_wgs84
from hue.incidents.streetfile.keys import Keys, digest
from hue.incidents.streetfile.layouts import Columns, check_columns
from hue.incidents.streetfile.parse import Parsed, RowParser
from hue.incidents.streetfile.rows import BadRow, IncomingIncident, ReadRow
from hue.incidents.streetfile.table import Table

BATCH = 250

Read = Parsed | list[BadRow]


def read(table: Table, columns: Columns, *, latest: datetime) -> Iterator[ReadRow]:
    """Every row in the order of the file. Nothing may have happened after `latest`.

    Raises FileRefused before the first row where the columns do not fit the file.
    """
    check_columns(columns, table.headings)
    return _read(table, columns, latest)


def _read(table: Table, columns: Columns, latest: datetime) -> Iterator[ReadRow]:
    parser, keys = RowParser(table.headings, columns, latest), Keys()
    parsed = (_parse(parser, row) for row in table.rows())
    for batch in _batches(parsed):
        yield from _finished(batch, keys)


def _parse(parser: RowParser, row: tuple[int, list[str]] | BadRow) -> Read:
    return [row] if isinstance(row, BadRow) else parser.parse(*row)


def _batches(rows: Iterable[Read]) -> Iterator[list[Read]]:
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def _finished(batch: list[Read], keys: Keys) -> Iterator[ReadRow]:
    points = [row.point if isinstance(row, Parsed) else None for row in batch]
    for row, place in zip(batch, to_wgs84(points), strict=True):
        if isinstance(row, Parsed):
            yield ReadRow(row.line, _incident(row, place, keys), ())
        else:
            yield ReadRow(row[0].line, None, row)


def _incident(row: Parsed, place: tuple[float, float] | None, keys: Keys) -> IncomingIncident:
    start = row.happened.start.isoformat()
    where = row.point.same if row.point else ""
    said = (row.kind_words, start, row.happened.precision.value, row.place, where)
    more = (row.reference, row.reported, row.did, row.outcome_code, row.outcome_words)
    longitude, latitude = place or (None, None)
    return IncomingIncident(
        line=row.line,
        kind=row.kind,
        happened=row.happened,
        place=row.place,
        longitude=longitude,
        latitude=latitude,
        reference=row.reference,
        reported=row.reported,
        did=row.did,
        outcome_code=row.outcome_code,
        outcome_words=row.outcome_words,
        # The control room numbers its log from 1 every day: the reference alone is not enough.
        key=keys.key((row.reference, start) if row.reference else (*said, *more)),
        content=digest((*said, *more)),
    )

"""One row of cells: everything in it understood, or every fault in it named."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TypeVar

from hue.incidents.streetfile import cells
from hue.incidents.streetfile.cells import Unreadable
from hue.incidents.streetfile.coordinates import Point, geographic_point, grid_point
from hue.incidents.streetfile.kinds import kind_of, outcome_of
from hue.incidents.streetfile.layouts import Columns, Field
from hue.incidents.streetfile.rows import BadRow, Happened, Precision

Value = TypeVar("Value")

LONGEST = {
    Field.PLACE: 100,
    Field.CONTEXT: 50,
    Field.REFERENCE: 80,
    Field.REPORTED: 5_000,
    Field.DID: 5_000,
    Field.OUTCOME: 200,
}

# A place is a street or a park, never a door. "1st Avenue", "A38" and "Junction 4" are no doors.
HOUSE = re.compile(
    r"(?:^|\b(?:near|at|flat|no\.?),? )\d{1,4}[a-z]?,? (?P<street>[A-Z].*)", re.IGNORECASE
)

# A file repeats the same few kinds, months and outcomes in every row.
_kind_of = lru_cache(512)(kind_of)
_happened = lru_cache(512)(cells.happened)
_outcome_of = lru_cache(512)(outcome_of)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A row understood, its point still as the file writes it."""

    line: int
    kind: str
    kind_words: str
    happened: Happened
    place: str
    point: Point | None
    reference: str
    reported: str
    did: str
    outcome_code: str
    outcome_words: str


class RowParser:
    def __init__(self, headings: Sequence[str], columns: Columns, latest: datetime) -> None:
        self._width = len(headings)
        self._columns = columns
        self._index = {field: headings.index(heading) for field, heading in columns.items()}
        self._latest = latest

    def parse(self, line: int, row: Sequence[str]) -> Parsed | list[BadRow]:
        if len(row) != self._width:
            return [BadRow(line, "", _wrong_width(len(row), self._width))]
        attempt = _Attempt(line, self._columns)
        parsed = self._understood(attempt, {f: row[i].strip() for f, i in self._index.items()})
        return attempt.faults or parsed

    def _understood(self, attempt: "_Attempt", row: Mapping[Field, str]) -> Parsed:
        kind_words = row[Field.KIND]
        outcome = attempt.take(Field.OUTCOME, lambda: _outcome(row), ("", ""))
        return Parsed(
            line=attempt.line,
            kind=attempt.take(Field.KIND, lambda: _kind_of(_given(kind_words)), ""),
            kind_words=kind_words.casefold(),
            happened=attempt.take(Field.HAPPENED, lambda: self._when(row), _NEVER),
            place=_place(attempt, row),
            point=_point(attempt, row),
            reference=attempt.text(Field.REFERENCE, row),
            reported=attempt.text(Field.REPORTED, row),
            did=attempt.text(Field.DID, row),
            outcome_code=outcome[0],
            outcome_words=outcome[1],
        )

    def _when(self, row: Mapping[Field, str]) -> Happened:
        return _happened(_given(row[Field.HAPPENED]), self._latest)


_NEVER = Happened(datetime.min.replace(tzinfo=UTC), Precision.MONTH)


class _Attempt:
    """Goes on after a fault, so that a person sees all faults of a row at once."""

    def __init__(self, line: int, columns: Columns) -> None:
        self.line = line
        self.faults: list[BadRow] = []
        self._columns = columns

    def take(self, field: Field, read: Callable[[], Value], instead: Value) -> Value:
        try:
            return read()
        except Unreadable as why:
            self.faults.append(BadRow(self.line, self._columns.get(field, ""), str(why)))
            return instead

    def text(self, field: Field, row: Mapping[Field, str]) -> str:
        return self.take(field, lambda: cells.text(row.get(field, ""), LONGEST[field]), "")


def _given(cell: str) -> str:
    if not cell:
        raise Unreadable("This is empty. Every row needs it.")
    return cell


def _outcome(row: Mapping[Field, str]) -> tuple[str, str]:
    cell = cells.text(row.get(Field.OUTCOME, ""), LONGEST[Field.OUTCOME])
    return _outcome_of(cell) if cell else ("", "")


def _place(attempt: _Attempt, row: Mapping[Field, str]) -> str:
    place = attempt.take(Field.PLACE, lambda: _street(row.get(Field.PLACE, "")), "")
    context = attempt.text(Field.CONTEXT, row)
    return f"{place} ({context})" if place and context else place or context


def _street(cell: str) -> str:
    place = cells.text(cell, LONGEST[Field.PLACE])
    found = HOUSE.search(place)
    if found:
        raise Unreadable(
            f"“{place}” points to one house. Leave the number out: “On or near {found['street']}”."
        )
    return place


def _point(attempt: _Attempt, row: Mapping[Field, str]) -> Point | None:
    east, north = row.get(Field.EASTING, ""), row.get(Field.NORTHING, "")
    if Field.EASTING in row:
        return attempt.take(Field.EASTING, lambda: grid_point(east, north), None)
    longitude, latitude = row.get(Field.LONGITUDE, ""), row.get(Field.LATITUDE, "")
    return attempt.take(Field.LONGITUDE, lambda: geographic_point(longitude, latitude), None)


def _wrong_width(cells_here: int, wanted: int) -> str:
    more = "more" if cells_here > wanted else "fewer"
    return (
        f"This row has {cells_here} cells, {more} than the {wanted} headings. "
        "Look for a missing or unquoted separator."
    )

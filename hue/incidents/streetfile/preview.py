"""What a file would bring in, for a person to look at before anything is stored."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from hue.incidents.streetfile.rows import BadRow, IncomingIncident, ReadRow

FIRST = 10
# More faults than a person reads at once. All of them are counted, and the list in full can be
# had by reading the file again.
SHOWN = 500


@dataclass(slots=True)
class Preview:
    rows: int = 0
    good: int = 0
    with_point: int = 0
    bad_rows: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    first: list[IncomingIncident] = field(default_factory=list)
    faults: list[BadRow] = field(default_factory=list)
    earliest: datetime | None = None
    latest: datetime | None = None

    @property
    def may_be_imported(self) -> bool:
        """All or nothing: one bad row holds the whole file back."""
        return self.good > 0 and self.bad_rows == 0

    def add(self, row: ReadRow) -> None:
        self.rows += 1
        if row.incident is None:
            self.bad_rows += 1
            self.faults += row.faults[: SHOWN - len(self.faults)]
        else:
            self._add_good(row.incident)

    def _add_good(self, incident: IncomingIncident) -> None:
        self.good += 1
        self.with_point += incident.longitude is not None
        self.kinds[incident.kind] += 1
        start = incident.happened.start
        self.earliest = min(self.earliest or start, start)
        self.latest = max(self.latest or start, start)
        if len(self.first) < FIRST:
            self.first.append(incident)


def preview(rows: Iterable[ReadRow], each: Callable[[int], None] = lambda done: None) -> Preview:
    """`each` hears how many rows are done, for a progress bar."""
    seen = Preview()
    for row in rows:
        seen.add(row)
        each(seen.rows)
    return seen


def every_fault(rows: Iterable[ReadRow]) -> Iterator[BadRow]:
    for row in rows:
        yield from row.faults

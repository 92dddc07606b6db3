"""Rows of a file as they would arrive: placed by ward, and known to be here already or not."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from hue.incidents.access import place_that_may_be_kept
from hue.incidents.models import Incident
from hue.incidents.streetfile.layouts import Columns
from hue.incidents.streetfile.preview import Preview
from hue.incidents.streetfile.read import BATCH, read
from hue.incidents.streetfile.rows import IncomingIncident, ReadRow
from hue.incidents.streetfile.table import Table
from hue.people.models import Area, Neighbourhood


@dataclass(frozen=True, slots=True)
class Ground:
    """Where something is told to have happened: a ward, and the neighbourhood it belongs to."""

    ward: str = ""
    neighbourhood: int | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    row: ReadRow
    ground: Ground = Ground()
    known: bool = False
    differs: bool = False  # here already, but the file now says something else of it


class Placer:
    """Finds the ward of a point; a row without a point, by the name of its place."""

    def __init__(self) -> None:
        # Here: both load shapely, fifteen megabytes that only an import needs.
        from hue.people.areas.match import plain
        from hue.people.boundaries import gazetteer

        self._gazetteer, self._plain = gazetteer(), plain
        areas = list(Area.objects.values_list("code", "name", "neighbourhood"))
        self._by_code = {code: Ground(name, place) for code, name, place in areas}
        wards = {place: name for _, name, place in areas if place}
        self._by_name = {plain(name): Ground(name, place) for _, name, place in areas}
        for name, place in Neighbourhood.objects.values_list("name", "pk"):
            self._by_name[plain(name)] = Ground(wards.get(place, name), place)

    def place(self, incidents: Sequence[IncomingIncident]) -> list[Ground]:
        points = [
            None
            if incident.longitude is None or incident.latitude is None
            else (incident.longitude, incident.latitude)
            for incident in incidents
        ]
        codes = self._gazetteer.codes(points)
        return [
            self._by_code[code] if code else self._named(incident)
            for incident, code in zip(incidents, codes, strict=True)
        ]

    def _named(self, incident: IncomingIncident) -> Ground:
        if incident.longitude is not None:
            return Ground()
        return self._by_name.get(self._plain(incident.place), Ground())


def arrivals(table: Table, columns: Columns, *, latest: datetime) -> Iterator[Arrival]:
    """Every row of the file, bad ones too, in its order."""
    placer = Placer()
    rows = read(table, columns, latest=latest)
    while batch := list(islice(rows, BATCH)):
        yield from _arrived(batch, placer)


def _arrived(rows: list[ReadRow], placer: Placer) -> Iterator[Arrival]:
    good = [row.incident for row in rows if row.incident]
    here = _here(good)
    grounds = iter(placer.place(good))
    for row in rows:
        if row.incident is None:
            yield Arrival(row)
            continue
        said = here.get(row.incident.key.hex())
        differs = said is not None and said != row.incident.content.hex()
        yield Arrival(row, next(grounds), said is not None, differs)


def _here(incidents: Iterable[IncomingIncident]) -> dict[str, str]:
    keys = [incident.key.hex() for incident in incidents]
    found = Incident.objects.filter(digest__in=keys).values_list("digest", "said")
    return {digest: said for digest, said in found if digest}


@dataclass(slots=True)
class Examination:
    """What importing a file would do."""

    preview: Preview = field(default_factory=Preview)
    new: int = 0
    known: int = 0
    differing: int = 0
    placed: int = 0
    wards: Counter[str] = field(default_factory=Counter)
    first: list[dict[str, Any]] = field(default_factory=list)

    def add(self, arrival: Arrival) -> None:
        self.preview.add(arrival.row)
        if arrival.row.incident is None:
            return
        if len(self.first) < len(self.preview.first):
            self.first.append(_shown(arrival.row.incident, arrival))
        self.new += not arrival.known
        self.known += arrival.known
        self.differing += arrival.differs
        if arrival.ground.ward:
            self.placed += 1
            self.wards[arrival.ground.ward] += 1

    def as_json(self) -> dict[str, Any]:
        seen = self.preview
        return {
            "rows": seen.rows,
            "good": seen.good,
            "bad_rows": seen.bad_rows,
            "new": self.new,
            "known": self.known,
            "differing": self.differing,
            "placed": self.placed,
            "with_point": seen.with_point,
            "wards": len(self.wards),
            "kinds": seen.kinds.most_common(),
            "first": self.first,
            "faults": [asdict(fault) for fault in seen.faults],
            "earliest": seen.earliest and seen.earliest.isoformat(),
            "latest": seen.latest and seen.latest.isoformat(),
        }


def examine(arriving: Iterable[Arrival], each: Callable[[int], None]) -> Examination:
    """`each` hears how many rows are done, now and then."""
    seen = Examination()
    for arrival in arriving:
        seen.add(arrival)
        if seen.preview.rows % BATCH == 0:
            each(seen.preview.rows)
    return seen


def _shown(incident: IncomingIncident, arrival: Arrival) -> dict[str, Any]:
    return {
        "line": incident.line,
        "kind": incident.kind,
        "at": incident.happened.start.isoformat(),
        "precision": incident.happened.precision.value,
        "where": place_that_may_be_kept(incident.kind, incident.place),
        "ward": arrival.ground.ward,
        "known": arrival.known,
    }

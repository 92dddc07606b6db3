"""Which column of a file is which of our fields: the known layouts, and a mapping by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hue.incidents.streetfile.rows import FileRefused


class Field(StrEnum):
    KIND = "kind"
    HAPPENED = "happened"
    PLACE = "place"
    LONGITUDE = "longitude"
    LATITUDE = "latitude"
    EASTING = "easting"
    NORTHING = "northing"
    REFERENCE = "reference"
    REPORTED = "reported"
    DID = "did"
    OUTCOME = "outcome"
    CONTEXT = "context"


Columns = Mapping[Field, str]

# What each field is called on the mapping page.
LABELS: dict[Field, str] = {
    Field.KIND: "Kind of incident",
    Field.HAPPENED: "When it happened",
    Field.PLACE: "Place",
    Field.LONGITUDE: "Longitude",
    Field.LATITUDE: "Latitude",
    Field.EASTING: "Easting",
    Field.NORTHING: "Northing",
    Field.REFERENCE: "Log reference or crime reference",
    Field.REPORTED: "What was reported",
    Field.DID: "What officers did",
    Field.OUTCOME: "Outcome",
    Field.CONTEXT: "Context",
}
REQUIRED = (Field.KIND, Field.HAPPENED)
PAIRS = ((Field.LONGITUDE, Field.LATITUDE), (Field.EASTING, Field.NORTHING))


@dataclass(frozen=True, slots=True)
class Layout:
    name: str
    columns: Columns


_POLICE_UK = {
    Field.HAPPENED: "Month",
    Field.PLACE: "Location",
    Field.KIND: "Crime type",
    Field.CONTEXT: "Context",
}
POLICE_UK_2011 = Layout(
    "police.uk street file (eastings and northings, until 2011)",
    {**_POLICE_UK, Field.EASTING: "Easting", Field.NORTHING: "Northing"},
)
POLICE_UK = Layout(
    "police.uk street file (longitude and latitude)",
    {
        **_POLICE_UK,
        Field.LONGITUDE: "Longitude",
        Field.LATITUDE: "Latitude",
        Field.REFERENCE: "Crime ID",
        Field.OUTCOME: "Last outcome category",
    },
)
TEMPLATE = Layout(
    "Hue & Cry template",
    {
        Field.KIND: "Kind",
        Field.HAPPENED: "Happened",
        Field.PLACE: "Place",
        Field.LONGITUDE: "Longitude",
        Field.LATITUDE: "Latitude",
        Field.REFERENCE: "Log reference",
        Field.REPORTED: "What was reported",
        Field.DID: "What officers did",
        Field.OUTCOME: "Outcome code",
    },
)
LAYOUTS = (POLICE_UK, POLICE_UK_2011, TEMPLATE)

# Headings that other systems use, for a first suggestion on the mapping page.
_ALSO_CALLED: dict[Field, tuple[str, ...]] = {
    Field.KIND: ("type", "category", "offence", "incident type"),
    Field.HAPPENED: ("date", "date and time", "when", "occurred", "date/time"),
    Field.PLACE: ("street", "address", "ward", "area"),
    Field.LONGITUDE: ("lon", "lng", "long", "x"),
    Field.LATITUDE: ("lat", "y"),
    Field.EASTING: ("eastings",),
    Field.NORTHING: ("northings",),
    Field.REFERENCE: ("log", "log number", "reference", "crime reference", "incident number"),
    Field.REPORTED: ("description", "details", "report", "summary"),
    Field.DID: ("action taken", "officer action", "response"),
    Field.OUTCOME: ("outcome", "result", "disposal"),
}


def template() -> str:
    """An empty file in our own layout, with its headings."""
    return ",".join(TEMPLATE.columns.values()) + "\r\n"


def recognise(headings: Sequence[str]) -> Layout | None:
    """The known layout whose every column is among these headings, spelt as in this file."""
    for layout in LAYOUTS:
        found = {field: _spelt(wanted, headings) for field, wanted in layout.columns.items()}
        if all(found.values()):
            return Layout(layout.name, found)
    return None


def suggest(headings: Sequence[str]) -> dict[Field, str]:
    """A first mapping of an unknown file, for a person to look at."""
    found: dict[Field, str] = {}
    for field in Field:
        for name in _names(field):
            heading = _spelt(name, headings)
            if heading and heading not in found.values():
                found[field] = heading
                break
    return found


def check_columns(columns: Columns, headings: Sequence[str]) -> None:
    """Raises FileRefused with the first thing that a person has to change in the mapping."""
    for problem in _problems(columns, headings):
        raise FileRefused(problem)


def _problems(columns: Columns, headings: Sequence[str]) -> list[str]:
    missing = [LABELS[field] for field in REQUIRED if field not in columns]
    problems = [f"No column is chosen for “{label}”." for label in missing]
    for heading in columns.values():
        if heading not in headings:
            problems.append(f"The file has no column “{heading}”. Choose another.")
        elif list(headings).count(heading) > 1:
            problems.append(f"Two columns are called “{heading}”. Rename one of them in the file.")
    problems += [
        f"“{LABELS[one]}” and “{LABELS[other]}” belong together: choose both or neither."
        for one, other in PAIRS
        if (one in columns) != (other in columns)
    ]
    if Field.LONGITUDE in columns and Field.EASTING in columns:
        problems.append("Choose longitude and latitude, or easting and northing, not both.")
    return problems


def _names(field: Field) -> list[str]:
    known = [layout.columns[field] for layout in LAYOUTS if field in layout.columns]
    return [*known, *_ALSO_CALLED.get(field, ()), LABELS[field]]


def _spelt(wanted: str, headings: Sequence[str]) -> str:
    return next((heading for heading in headings if _plain(heading) == _plain(wanted)), "")


def _plain(heading: str) -> str:
    return " ".join(heading.replace("_", " ").split()).casefold()

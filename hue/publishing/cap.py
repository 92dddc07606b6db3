"""An alert as the Common Alerting Protocol has it: CAP 1.2, OASIS Standard of 1 July 2010."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree

from django.utils import timezone

if TYPE_CHECKING:
    import shapely

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
LONGEST_EVENT, LONGEST_HEADLINE = 35, 160
MOST_POINTS = 100  # of a polygon: what receivers draw without trouble
# Codes of the standard, and what they say to whoever chooses.
CATEGORIES = {
    "Safety": "Public safety",
    "Security": "Police and security",
    "Rescue": "Rescue and recovery",
    "Fire": "Fire",
    "Health": "Health",
    "Env": "Pollution and environment",
    "Transport": "Transport",
    "Infra": "Water, power, telephone",
    "Met": "Weather and floods",
    "CBRNE": "Chemical, biological, nuclear, explosive",
    "Other": "Something else",
}
URGENCIES = {
    "Immediate": "Act now",
    "Expected": "Act within the hour",
    "Future": "Act in the near future",
    "Past": "No more action is needed",
    "Unknown": "Not known",
}
SEVERITIES = {
    "Extreme": "Extraordinary threat to life or property",
    "Severe": "Significant threat",
    "Moderate": "Possible threat",
    "Minor": "Minimal threat",
    "Unknown": "Not known",
}
CERTAINTIES = {
    "Observed": "It has happened or is going on",
    "Likely": "More likely than not",
    "Possible": "Possible, but not likely",
    "Unlikely": "Not expected",
    "Unknown": "Not known",
}
_ROUGHER = (0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05)  # degrees


class Message(NamedTuple):
    """One message. A Cancel has no words of the post: they may have been taken back."""

    identifier: str
    sender: str
    sent: datetime
    exercise: bool
    kind: str  # Alert, Update, Cancel
    references: Sequence[str]  # "sender,identifier,sent" of each message before
    event: str
    category: str
    urgency: str
    severity: str
    certainty: str
    expires: datetime
    sender_name: str
    headline: str
    description: str
    instruction: str
    web: str
    area: str
    polygons: Sequence[str]


def document(told: Message) -> bytes:
    """The message as XML; the order of elements is the schema's."""
    alert = ElementTree.Element("alert", xmlns=NAMESPACE)
    for name, value in (
        ("identifier", told.identifier),
        ("sender", told.sender),
        ("sent", stamp(told.sent)),
        ("status", "Exercise" if told.exercise else "Actual"),
        ("msgType", told.kind),
        ("scope", "Public"),
        ("references", " ".join(told.references)),
    ):
        _add(alert, name, value)
    info = ElementTree.SubElement(alert, "info")
    for name, value in _info(told):
        _add(info, name, value)
    area = ElementTree.SubElement(info, "area")
    _add(area, "areaDesc", told.area)
    for polygon in told.polygons:
        _add(area, "polygon", polygon)
    text = ElementTree.tostring(alert, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def stamp(at: datetime) -> str:
    """With the offset of the force's own time; the standard takes no "Z"."""
    return timezone.localtime(at).isoformat(timespec="seconds")


def in_words(at: datetime) -> str:
    return f"{timezone.localtime(at):%A %-d %B %Y, %H:%M}"


def headline(text: str) -> str:
    """The first line, as short as receivers show it."""
    first = text.strip().split("\n")[0]
    if len(first) <= LONGEST_HEADLINE:
        return first
    return first[: LONGEST_HEADLINE - 1].rsplit(" ", 1)[0] + "…"


def polygons(boundary: object) -> list[str]:
    """Of a GeoJSON geometry: its outer rings, "latitude,longitude" with the first point again."""
    if not isinstance(boundary, dict):
        return []
    from shapely.geometry import shape  # here: fifteen megabytes, and alerts are few

    whole = shape(boundary)
    parts = whole.geoms if hasattr(whole, "geoms") else [whole]
    return [_ring(part) for part in parts]


def _ring(polygon: "shapely.Polygon") -> str:
    drawn, rougher = polygon, iter(_ROUGHER)
    while len(drawn.exterior.coords) > MOST_POINTS:
        drawn = polygon.simplify(next(rougher), preserve_topology=True)
    return " ".join(f"{latitude:.5f},{longitude:.5f}" for longitude, latitude in _points(drawn))


def _points(polygon: "shapely.Polygon") -> Iterator[tuple[float, float]]:
    return ((point[0], point[1]) for point in polygon.exterior.coords)


def _info(told: Message) -> Iterator[tuple[str, str]]:
    yield "language", "en-GB"
    yield "category", told.category
    yield "event", told.event
    yield "urgency", told.urgency
    yield "severity", told.severity
    yield "certainty", told.certainty
    yield "expires", stamp(told.expires)
    yield "senderName", told.sender_name
    yield "headline", told.headline
    yield "description", told.description
    yield "instruction", told.instruction
    yield "web", told.web


def _add(parent: ElementTree.Element, name: str, value: str) -> None:
    if value:
        ElementTree.SubElement(parent, name).text = value

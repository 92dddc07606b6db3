"""The force's neighbourhoods as a plain drawing, shaded by how much is said about each."""

from collections.abc import Iterator
from functools import lru_cache
from math import cos, radians, sqrt
from typing import Any, NamedTuple

from django.db.models import Count, Max, QuerySet

from hue.people.models import Neighbourhood

WIDE = 600
SHADES = 4
DOT, LARGEST, EDGE = 6, 34, 90  # of a place without boundaries
Point = tuple[float, float]


class Drawn(NamedTuple):
    name: str
    path: str  # as SVG has it


class Map(NamedTuple):
    wide: int
    high: int
    places: list[Drawn]


def shaded(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    """By their boundaries; where the force has none, as dots where they lie."""
    told = {row["place"]: row for row in rows}
    drawn = _drawn(*_bounded().aggregate(n=Count("pk"), newest=Max("pk")).values())
    if drawn is None:
        return _dotted(told)
    most = max((row["posts"] for row in rows), default=0)
    return {
        "wide": drawn.wide,
        "high": drawn.high,
        "places": [
            {"path": one.path, "name": one.name, **_shade(told.get(one.name), most)}
            for one in drawn.places
        ],
    }


def _shade(row: dict[str, Any] | None, most: int) -> dict[str, Any]:
    if row is None:
        return {"shade": 0, "posts": 0, "new_60": 0}
    shade = 1 + (SHADES - 1) * (row["posts"] - 1) // max(most - 1, 1)
    return {"shade": shade, "posts": row["posts"], "new_60": row["new_60"]}


def _dotted(told: dict[str, dict[str, Any]]) -> dict[str, Any] | None:
    lying = list(Neighbourhood.objects.values_list("name", "longitude", "latitude"))
    if len(lying) < 2:
        return None
    most = max((row["posts"] for row in told.values()), default=0)
    scale = _Scale([(x, y) for _, x, y in lying])
    dots = []
    for name, *point in lying:
        (x, y), row = scale.flat((point[0], point[1])), _shade(told.get(name), most)
        size = DOT + (LARGEST - DOT) * sqrt(row["posts"] / most) if row["posts"] else DOT
        dots.append({"x": x + EDGE, "y": y + EDGE, "r": round(size), "name": name, **row})
    return {"wide": WIDE + 2 * EDGE, "high": scale.high + 2 * EDGE, "dots": dots}


class _Scale:
    """From degrees to the drawing."""

    def __init__(self, points: list[Point]) -> None:
        self.west, east = min(x for x, _ in points), max(x for x, _ in points)
        south, self.north = min(y for _, y in points), max(y for _, y in points)
        shrinks = cos(radians((south + self.north) / 2))
        self.up = WIDE / max((east - self.west) * shrinks, 1e-6)
        self.across = self.up * shrinks
        self.high = round((self.north - south) * self.up)

    def flat(self, point: Point) -> tuple[int, int]:
        return round((point[0] - self.west) * self.across), round((self.north - point[1]) * self.up)


@lru_cache(maxsize=1)
def _drawn(count: int, newest: int | None) -> Map | None:
    """Drawn once for so many neighbourhoods; their borders change with new areas alone."""
    rows = _bounded().values_list("name", "boundary")
    rings = {name: list(_rings(boundary)) for name, boundary in rows if boundary}
    points = [point for some in rings.values() for ring in some for point in ring]
    if not points:
        return None
    scale = _Scale(points)

    def drawn(ring: list[Point]) -> str:
        return "M" + "L".join("{} {}".format(*scale.flat(point)) for point in ring)

    places = [Drawn(name, "Z".join(map(drawn, some)) + "Z") for name, some in rings.items()]
    return Map(WIDE, scale.high, places)


def _bounded() -> QuerySet[Neighbourhood]:
    return Neighbourhood.objects.exclude(boundary=None)


def _rings(boundary: dict[str, Any]) -> Iterator[list[Point]]:
    parts = boundary["coordinates"]
    for polygon in parts if boundary["type"] == "MultiPolygon" else [parts]:
        for ring in polygon:
            yield [(point[0], point[1]) for point in ring]

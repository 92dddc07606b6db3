"""The force's neighbourhoods as a plain drawing, shaded by how much is said about each."""

from collections.abc import Iterator
from functools import lru_cache
from math import cos, radians
from typing import Any, NamedTuple

from django.db.models import Count, Max, QuerySet

from hue.people.models import Neighbourhood

WIDE = 600
SHADES = 4
Point = tuple[float, float]


class Drawn(NamedTuple):
    name: str
    path: str  # as SVG has it


class Map(NamedTuple):
    wide: int
    high: int
    places: list[Drawn]


def shaded(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Nothing where the force has no boundaries: the table says the same."""
    told = {row["place"]: row for row in rows}
    drawn = _drawn(*_bounded().aggregate(n=Count("pk"), newest=Max("pk")).values())
    if drawn is None:
        return None
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


@lru_cache(maxsize=1)
def _drawn(count: int, newest: int | None) -> Map | None:
    """Drawn once for so many neighbourhoods; their borders change with new areas alone."""
    rows = _bounded().values_list("name", "boundary")
    rings = {name: list(_rings(boundary)) for name, boundary in rows if boundary}
    points = [point for some in rings.values() for ring in some for point in ring]
    if not points:
        return None
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    scale = WIDE / max((east - west) * cos(radians((south + north) / 2)), 1e-6)
    flat = scale * cos(radians((south + north) / 2))

    def drawn(ring: list[Point]) -> str:
        return "M" + "L".join(f"{(x - west) * flat:.0f} {(north - y) * scale:.0f}" for x, y in ring)

    places = [Drawn(name, "Z".join(map(drawn, some)) + "Z") for name, some in rings.items()]
    return Map(WIDE, round((north - south) * scale), places)


def _bounded() -> QuerySet[Neighbourhood]:
    return Neighbourhood.objects.exclude(boundary=None)


def _rings(boundary: dict[str, Any]) -> Iterator[list[Point]]:
    parts = boundary["coordinates"]
    for polygon in parts if boundary["type"] == "MultiPolygon" else [parts]:
        for ring in polygon:
            yield [(point[0], point[1]) for point in ring]

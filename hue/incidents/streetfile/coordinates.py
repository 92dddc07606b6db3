"""Where a row says it happened, as longitude and latitude (WGS84)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from hue.incidents.streetfile.cells import Unreadable, number, same_number

if TYPE_CHECKING:
    from pyproj import Transformer

# Land and coast of the United Kingdom with room to spare.
WEST, EAST, SOUTH, NORTH = -9.0, 2.5, 49.0, 61.5
GRID_EAST, GRID_NORTH = 700_000, 1_300_000


@dataclass(frozen=True, slots=True)
class Point:
    """As written in the file; `same` is one spelling of both numbers, for the row's key."""

    x: float
    y: float
    on_grid: bool
    same: str


def grid_point(easting: str, northing: str) -> Point | None:
    point = _point(easting, northing, "easting", "northing", on_grid=True)
    if point and not (0 <= point.x <= GRID_EAST and 0 <= point.y <= GRID_NORTH):
        raise Unreadable(
            f"Easting {easting} and northing {northing} lie outside the British National Grid."
        )
    if point and point.x < 1000 and point.y < 1000:
        raise Unreadable(
            f"Easting {easting} and northing {northing} look like longitude and latitude, "
            "or like no place at all. Leave both empty where the place is not known."
        )
    return point


def geographic_point(longitude: str, latitude: str) -> Point | None:
    point = _point(longitude, latitude, "longitude", "latitude", on_grid=False)
    if point is None or _in_britain(point.x, point.y):
        return point
    if _in_britain(point.y, point.x):
        raise Unreadable("Longitude and latitude are swapped. Choose the columns the other way.")
    if point.x > 180 or point.y > 180:
        raise Unreadable(
            "These are eastings and northings. Map the columns as easting and northing."
        )
    raise Unreadable(
        f"Longitude {longitude} and latitude {latitude} lie outside the United Kingdom. "
        "Leave both empty where the place is not known."
    )


def to_wgs84(points: Sequence[Point | None]) -> list[tuple[float, float] | None]:
    """A batch at once: one call per point would cost fifty times as much."""
    grid = [point for point in points if point and point.on_grid]
    turned = iter(_from_grid(grid))
    return [_placed(point, turned) for point in points]


def _placed(
    point: Point | None, turned: Iterator[tuple[float, float]]
) -> tuple[float, float] | None:
    if point is None:
        return None
    return next(turned) if point.on_grid else (point.x, point.y)


def _from_grid(points: Sequence[Point]) -> list[tuple[float, float]]:
    if not points:
        return []
    longitudes, latitudes = _transformer().transform(
        [point.x for point in points], [point.y for point in points]
    )
    # Six decimals are ten centimetres; the shift between the two systems is good to a few metres.
    return [(round(x, 6), round(y, 6)) for x, y in zip(longitudes, latitudes, strict=True)]


@cache
def _transformer() -> "Transformer":
    from pyproj import Transformer  # here: ten megabytes, and most processes import nothing

    return Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)


def _point(x: str, y: str, name_x: str, name_y: str, *, on_grid: bool) -> Point | None:
    if not x and not y:
        return None
    if not x or not y:
        missing, there = (name_x, name_y) if not x else (name_y, name_x)
        raise Unreadable(f"There is a {there} but no {missing}. Give both or neither.")
    return Point(number(x), number(y), on_grid, f"{same_number(x)},{same_number(y)}")


def _in_britain(longitude: float, latitude: float) -> bool:
    return WEST <= longitude <= EAST and SOUTH <= latitude <= NORTH

from dataclasses import dataclass
from typing import TypeAlias

from shapely import MultiPolygon, Point, Polygon

Shape: TypeAlias = Polygon | MultiPolygon


class AreasRefused(Exception):
    """The file cannot be taken; the message says what to do about it."""


@dataclass(frozen=True, slots=True)
class Area:
    """`point` lies inside. `boundary` is simplified for drawing. `mended`: a ring was invalid."""

    code: str
    name: str
    borough: str
    geometry: Shape
    point: Point
    boundary: Shape
    mended: bool

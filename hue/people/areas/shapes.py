"""Polygons out of GeoJSON geometries: checked, mended where that is safe, simplified."""

import json
from collections.abc import Sequence
from typing import Any, cast

import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry import shape

from hue.people.areas.area import AreasRefused, Shape

# The United Kingdom with room to spare.
WEST, EAST, SOUTH, NORTH = -9.0, 2.5, 49.0, 61.5

# About twenty metres: what a map of a neighbourhood on a phone can show.
TOLERANCE = 0.0002
DECIMALS = 5

# Mending a bow-tie moves little; where a tenth of the area changes, the drawing was wrong.
MENDABLE = 0.1


def shape_of(name: str, geometry: Any) -> tuple[Shape, bool]:
    """The polygon, and whether it had to be mended."""
    polygon = shapely.force_2d(_read(name, geometry))
    _refuse_far_away(name, polygon)
    if polygon.is_valid and polygon.area:
        return polygon, False
    return _mended(name, polygon), True


def simplified(shapes: Sequence[Shape]) -> list[Shape]:
    """Borders that two areas share stay shared, which simplifying each alone would not keep."""
    simple = shapely.coverage_simplify(list(shapes), TOLERANCE)
    return [
        cast("Shape", each) if each.is_valid and not each.is_empty else whole
        for each, whole in zip(simple, shapes, strict=True)
    ]


def boundary_json(boundary: Shape) -> dict[str, Any]:
    """A GeoJSON geometry with five decimals, which is about a metre."""
    parsed: dict[str, Any] = json.loads(shapely.to_geojson(boundary), parse_float=_rounded)
    return parsed


def _rounded(number: str) -> float:
    return round(float(number), DECIMALS)


def _read(name: str, geometry: Any) -> Shape:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise AreasRefused(f"“{name}” is not drawn as an area. Only polygons can be taken.")
    try:
        read = shape(geometry)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError) as broken:
        raise _unreadable(name) from broken
    except shapely.errors.ShapelyError as broken:
        raise _unreadable(name) from broken
    if read.is_empty or not isinstance(read, Polygon | MultiPolygon):
        raise AreasRefused(f"“{name}” has no boundary. Draw it, or take it out of the file.")
    return read


def _unreadable(name: str) -> AreasRefused:
    return AreasRefused(
        f"The boundary of “{name}” cannot be read: "
        "each ring needs four points or more, each point a longitude and a latitude."
    )


def _refuse_far_away(name: str, polygon: Shape) -> None:
    west, south, east, north = polygon.bounds
    if west >= WEST and east <= EAST and south >= SOUTH and north <= NORTH:
        return
    if west >= SOUTH and east <= NORTH and south >= WEST and north <= EAST:
        raise AreasRefused(
            f"Longitude and latitude are swapped in “{name}”. "
            "GeoJSON puts longitude first; export the layer again."
        )
    if max(abs(side) for side in polygon.bounds) > 180:
        raise not_degrees()
    raise AreasRefused(f"“{name}” lies outside the United Kingdom. Check the export.")


def not_degrees() -> AreasRefused:
    return AreasRefused(
        "The coordinates are not longitude and latitude; they may be eastings and northings. "
        "Export the layer again in WGS84 (EPSG:4326)."
    )


def _mended(name: str, polygon: Shape) -> Shape:
    parts = shapely.get_parts(shapely.make_valid(polygon))
    rings = [part for part in shapely.get_parts(parts) if isinstance(part, Polygon)]
    mended = shapely.union_all(rings)
    # The hull cannot fold over itself, so it tells how much ground was meant.
    if not mended.area or mended.area < MENDABLE * polygon.convex_hull.area:
        raise AreasRefused(
            f"The boundary of “{name}” crosses itself and cannot be mended. Draw it again."
        )
    return cast("Shape", mended)

"""Finding the area of a point."""

from collections.abc import Sequence

import numpy as np
import shapely

from hue.people.areas.area import Shape

LongitudeLatitude = tuple[float, float]


class Gazetteer:
    """Built once for a set of areas; a batch of points costs little more than one."""

    def __init__(self, areas: Sequence[tuple[str, Shape]]) -> None:
        self._codes = [code for code, _ in areas]
        shapes = [shape for _, shape in areas]
        shapely.prepare(shapes)
        self._tree = shapely.STRtree(shapes)

    def codes(self, points: Sequence[LongitudeLatitude | None]) -> list[str | None]:
        """One code for each point; None where it lies in no area or is not known.

        A point on a border belongs to the first of its areas in the order given, always the same.
        """
        found: list[str | None] = [None] * len(points)
        known = [(index, point) for index, point in enumerate(points) if point]
        if not known:
            return found
        places = shapely.points(np.array([point for _, point in known]))
        pairs = self._tree.query(places, predicate="intersects").T.tolist()
        for place, area in sorted(pairs, reverse=True):
            found[known[place][0]] = self._codes[area]
        return found

"""Which neighbourhood an area is the ground of."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import shapely

from hue.people.areas.area import Area

# Degrees; about a mile. A neighbourhood's point may lie over the border of its own area, but an
# area of a like name in another town is not its ground.
NEAR = 0.02


Fit = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Place:
    """A neighbourhood, as far as matching needs it."""

    slug: str
    name: str
    longitude: float
    latitude: float


def match(areas: Sequence[Area], places: Sequence[Place]) -> dict[str, str]:
    """The neighbourhood's slug for each area's code that has one.

    The same name decides. Failing that, a name within the other does, for "Kings Heath" and
    "Moseley and Kings Heath", if it does so for one area and one neighbourhood only.
    """
    same = _pairs(areas, places, same_name)
    left = [area for area in areas if area.code not in same]
    unmatched = [place for place in places if place.slug not in same.values()]
    return {**same, **_pairs(left, unmatched, _one_within_the_other)}


def same_name(one: str, other: str) -> bool:
    return plain(one) == plain(other)


def _one_within_the_other(one: str, other: str) -> bool:
    first, second = f" {plain(one)} ", f" {plain(other)} "
    return first in second or second in first


def _pairs(areas: Sequence[Area], places: Sequence[Place], fit: Fit) -> dict[str, str]:
    """Those that fit by name and lie together, and have no second candidate on either side."""
    found = [
        (area.code, place.slug)
        for place in places
        for area in areas
        if fit(area.name, place.name) and _near(area, place)
    ]
    codes = Counter(code for code, _ in found)
    slugs = Counter(slug for _, slug in found)
    return {code: slug for code, slug in found if codes[code] == slugs[slug] == 1}


def _near(area: Area, place: Place) -> bool:
    point = shapely.Point(place.longitude, place.latitude)
    return bool(area.geometry.distance(point) <= NEAR)


def plain(name: str) -> str:
    """King's Heath, Kings Heath and KINGS-HEATH are one name."""
    words = re.sub("['’‘´`]", "", name.casefold()).replace("&", " and ").replace("st.", "st")
    return " ".join(re.sub(r"[^\w ]", " ", words).split())

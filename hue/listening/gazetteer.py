"""The places of the force, for the engine: neighbourhoods, wards, boroughs."""

from collections.abc import Iterator

from hue.listening.engine import Gazetteer, Place
from hue.people.models import Area, Neighbourhood


def gazetteer() -> Gazetteer:
    return Gazetteer(places())


def places() -> Iterator[Place]:
    """The same name once: what a neighbourhood is called, its wards are often called, too."""
    seen: set[str] = set()
    for name, kind, ward in _named():
        if name.casefold() not in seen:
            seen.add(name.casefold())
            yield Place(id=name, name=name, kind=kind, ward=ward)


def _named() -> Iterator[tuple[str, str, str]]:
    for name in Neighbourhood.objects.values_list("name", flat=True):
        yield name, "neighbourhood", name
    for name, borough in Area.objects.values_list("name", "borough"):
        yield name, "ward", name
        if borough:
            yield borough, "borough", ""

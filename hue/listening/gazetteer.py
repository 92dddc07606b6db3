"""The places of the force, for the engine: neighbourhoods, wards, boroughs."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hue.people.models import Area, Neighbourhood

if TYPE_CHECKING:
    from hue.listening.engine import Gazetteer


def gazetteer() -> "Gazetteer":
    """The same name once: what a neighbourhood is called, its wards are often called, too."""
    from hue.listening.engine import Gazetteer, Place  # here: large, and only the worker reads

    known: dict[str, Place] = {}
    for name, kind, ward in _named():
        known.setdefault(name.casefold(), Place(id=name, name=name, kind=kind, ward=ward))
    return Gazetteer(known.values())


def _named() -> Iterator[tuple[str, str, str]]:
    for name in Neighbourhood.objects.values_list("name", flat=True):
        yield name, "neighbourhood", name
    for name, borough in Area.objects.values_list("name", "borough"):
        yield name, "ward", name
        if borough:
            yield borough, "borough", ""

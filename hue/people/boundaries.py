"""Areas in the database: taking them in from a file, and finding the one a point lies in."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import shapely
from django.db import transaction
from django.utils.text import slugify

from hue.audit.record import record
from hue.pages import stale
from hue.people.access import Refused, require
from hue.people.actions.places import AREAS_IMPORTED
from hue.people.areas.area import Area as Incoming
from hue.people.areas.gazetteer import Gazetteer
from hue.people.areas.match import Place, match
from hue.people.areas.shapes import boundary_json
from hue.people.models import Area, LocalPolicingUnit, Neighbourhood, Officer, Team
from hue.people.roles import Permission


@dataclass(frozen=True)
class AreasImported:
    added: int
    changed: int
    unchanged: int
    created: list[Neighbourhood]
    taken: list[tuple[Neighbourhood, str]]  # with the names of the areas it is made of
    without: list[Neighbourhood]


@transaction.atomic
def import_areas(
    *,
    by: Officer,
    at: datetime,
    name: str,
    areas: Sequence[Incoming],
    unit: LocalPolicingUnit | None = None,
) -> AreasImported:
    """Store the areas and give neighbourhoods their boundary; the same file again changes nothing.

    With `unit`, an area that is no neighbourhood's ground becomes one of that unit, with a team.
    """
    require(by, Permission.CHANGE_FORCE)
    if not areas:
        raise Refused("None of the areas in the file was chosen.")
    created = _new_neighbourhoods(areas, unit) if unit else []
    added, changed = _store(areas, match(areas, _places()))
    taken, bounded = _bound({area.code: area for area in areas})
    if added or changed or created or bounded:
        told = {"areas": len(areas), "bounded": len(bounded), "created": len(created)}
        record(AREAS_IMPORTED, by=by, at=at, subject=f"areas:{name}", data={**told, "name": name})
        stale.mark(*[("publishing.neighbourhood", slug) for slug in bounded], at=at)
    without = list(Neighbourhood.objects.filter(boundary__isnull=True))
    return AreasImported(added, changed, len(areas) - added - changed, created, taken, without)


def gazetteer() -> Gazetteer:
    """Finds the code of the area that a point lies in."""
    rows = Area.objects.order_by("pk").values_list("code", "geometry")
    return Gazetteer([(code, shapely.from_geojson(json.dumps(drawn))) for code, drawn in rows])


def _places() -> list[Place]:
    rows = Neighbourhood.objects.values_list("slug", "name", "longitude", "latitude")
    return [Place(*row) for row in rows]


def _new_neighbourhoods(areas: Sequence[Incoming], unit: LocalPolicingUnit) -> list[Neighbourhood]:
    ground = match(areas, _places())
    new = [area for area in areas if area.code not in ground]
    taken = set(Neighbourhood.objects.values_list("slug", flat=True))
    rows = []
    for area in new:
        slug = _free_slug(area, taken)
        taken.add(slug)
        point = area.point
        rows.append(
            Neighbourhood(unit=unit, slug=slug, name=area.name, longitude=point.x, latitude=point.y)
        )
    created = Neighbourhood.objects.bulk_create(rows)
    Team.objects.bulk_create(
        Team(neighbourhood=place, slug=place.slug, name=f"{place.name} team") for place in created
    )
    return created


def _free_slug(area: Incoming, taken: set[str]) -> str:
    for words in (area.name, f"{area.name} {area.borough}", f"{area.name} {area.code}"):
        slug = slugify(words)[:50]
        if slug and slug not in taken:
            return slug
    raise Refused(f"“{area.name}” has no name from which an address could be made.")


def _store(areas: Sequence[Incoming], ground: dict[str, str]) -> tuple[int, int]:
    """How many were added, how many changed."""
    there = {area.code: area for area in Area.objects.filter(code__in=[a.code for a in areas])}
    slugs = dict(Neighbourhood.objects.values_list("slug", "pk"))
    wanted = [_row(area, slugs.get(ground.get(area.code, ""))) for area in areas]
    new = [row for row in wanted if row.code not in there]
    other = [row for row in wanted if row.code in there and _differ(row, there[row.code])]
    for row in other:
        row.pk = there[row.code].pk
    Area.objects.bulk_create(new)
    Area.objects.bulk_update(other, ["name", "borough", "geometry", "neighbourhood"])
    return len(new), len(other)


def _row(area: Incoming, neighbourhood: int | None) -> Area:
    drawn = json.loads(shapely.to_geojson(area.geometry))
    return Area(
        code=area.code,
        name=area.name,
        borough=area.borough,
        geometry=drawn,
        neighbourhood_id=neighbourhood,
    )


def _differ(one: Area, other: Area) -> bool:
    fields = ("name", "borough", "geometry", "neighbourhood_id")
    return any(getattr(one, field) != getattr(other, field) for field in fields)


def _bound(
    incoming: dict[str, Incoming],
) -> tuple[list[tuple[Neighbourhood, str]], list[str]]:
    """Every neighbourhood with ground among these areas, and the slugs of those that changed."""
    taken, changed = [], []
    for place in Neighbourhood.objects.filter(areas__code__in=incoming).distinct():
        own = [incoming[area.code] for area in place.areas.all() if area.code in incoming]
        boundary = boundary_json(shapely.union_all([area.boundary for area in own]))
        taken.append((place, ", ".join(area.name for area in own)))
        if boundary != place.boundary:
            place.boundary = boundary
            place.save(update_fields=["boundary"])
            changed.append(place.slug)
    return taken, changed

"""`hue import-areas FILE.geojson`: wards, and the boundaries of neighbourhoods."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hue.lib import clock
from hue.people.access import Refused
from hue.people.areas.area import Area, AreasRefused
from hue.people.areas.load import load_areas
from hue.people.areas.names import Naming
from hue.people.boundaries import AreasImported, import_areas
from hue.people.models import LocalPolicingUnit, Officer
from hue.people.queries import system


class Command(BaseCommand):
    help = "Takes areas with their boundaries from a GeoJSON file (.geojson or .geojson.gz)."
    # They would load every page of the desk into memory, which this never serves.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.geojson")
        parser.add_argument("--name", default="", help="the property that is the area's name")
        parser.add_argument("--code", default="", help="the property that is its code")
        parser.add_argument("--borough", default="", help="the property that is its borough")
        parser.add_argument("--only", metavar="BOROUGH", help="take the areas of this borough")
        parser.add_argument("--unit", help="make neighbourhoods of this unit of all other areas")
        parser.add_argument("--by", metavar="SIGN-IN NAME", help="who imports; else the software")

    def handle(self, *args: Any, **options: Any) -> None:
        naming = Naming(options["name"], options["code"], options["borough"])
        try:
            areas = _chosen(load_areas(options["file"], wanted=naming), options["only"])
            done = import_areas(
                by=_officer(options["by"]),
                at=clock.now(),
                name=options["file"].name,
                areas=areas,
                unit=_unit(options["unit"]),
            )
        except FileNotFoundError as missing:
            raise CommandError(f"There is no file {options['file']}.") from missing
        except (AreasRefused, Refused) as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write("\n".join(_told(areas, done)))


def _chosen(areas: list[Area], borough: str | None) -> list[Area]:
    if not borough:
        return areas
    chosen = [area for area in areas if area.borough.casefold() == borough.casefold()]
    if not chosen:
        there = ", ".join(sorted({area.borough for area in areas})) or "none is named"
        raise CommandError(f"No area lies in {borough}. Boroughs in the file: {there}.")
    return chosen


def _officer(username: str | None) -> Officer:
    if not username:
        return system()
    officer = Officer.objects.filter(username=username).first()
    if officer is None:
        raise CommandError(f"Nobody signs in as {username!r}.")
    return officer


def _unit(slug: str | None) -> LocalPolicingUnit | None:
    if not slug:
        return None
    unit = LocalPolicingUnit.objects.filter(slug=slug).first()
    if unit is None:
        there = ", ".join(LocalPolicingUnit.objects.values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"There is no unit {slug!r}. There are: {there}.")
    return unit


def _told(areas: list[Area], done: AreasImported) -> list[str]:
    lines = [
        f"{len(areas)} areas: {done.added} new, {done.changed} changed, "
        f"{done.unchanged} as they were."
    ]
    lines += [
        f"  {area.name}: the boundary crossed itself and was mended."
        for area in areas
        if area.mended
    ]
    lines += [
        f"  {place} has the boundary of {names}."
        for place, names in done.taken
        if names != place.name
    ]
    if done.created:
        lines.append(f"{len(done.created)} neighbourhoods are new.")
    lines += [f"  {place} has no boundary: no area near it has its name." for place in done.without]
    return lines

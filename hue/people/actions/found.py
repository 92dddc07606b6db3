"""The first act in an empty installation: the force, its units, and who lets everybody else in."""

from datetime import datetime

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.lib.html import plain
from hue.people.access import Refused, require, slug_of
from hue.people.models import Force, LocalPolicingUnit, Officer
from hue.people.roles import Permission

FOUNDED = Kind("force.founded", "{by} set up {force} with the units {units}.")


@transaction.atomic
def found(*, by: Officer, at: datetime, name: str, short_name: str, units: list[str]) -> Force:
    """One installation serves one force: a second one is refused."""
    require(by, Permission.CHANGE_FORCE)
    if known := Force.objects.first():
        raise Refused(f"This installation serves {known} already: a force is set up once.")
    slugs = {slug_of(unit): plain(unit) for unit in units}
    if len(slugs) < len(units):
        raise Refused("Two of the units would have the same address: give each its own name.")
    force = Force.objects.create(slug=slug_of(name), name=plain(name), short_name=plain(short_name))
    LocalPolicingUnit.objects.bulk_create(
        LocalPolicingUnit(force=force, slug=slug, name=unit) for slug, unit in slugs.items()
    )
    told = {"force": force.name, "units": ", ".join(slugs.values())}
    record(FOUNDED, by=by, at=at, subject=f"force:{force.slug}", data=told)
    return force

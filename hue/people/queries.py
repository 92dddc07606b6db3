from datetime import datetime
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q

from hue.people.models import (
    Force,
    LocalPolicingUnit,
    Neighbourhood,
    Officer,
    OfficerQuerySet,
    Priority,
    PriorityQuerySet,
    Team,
)
from hue.people.roles import Permission

STATES: dict[str, dict[str, Any]] = {
    "serving": {"suspended_at": None, "left_at": None},
    "practice": {"suspended_at": None, "left_at": None, "practice": True},
    "suspended": {"suspended_at__isnull": False, "left_at": None},
    "left": {"left_at__isnull": False},
}


class NoForce(ImproperlyConfigured):
    """The installation has no force yet."""


def the_force() -> Force:
    force = Force.objects.first()
    if force is None:
        raise NoForce("No force is set up yet: run `hue demo`, or make one with `hue new-force`.")
    return force


def system() -> Officer:
    """The software itself, as an officer with a name."""
    officer, _ = Officer.objects.get_or_create(
        username="system", defaults={"name": "Hue & Cry", "roles": ["system"]}
    )
    return officer


def neighbourhoods() -> list[Neighbourhood]:
    return list(Neighbourhood.objects.select_related("unit"))


def reviews_due(officer: Officer, *, at: datetime) -> PriorityQuerySet:
    """Priorities whose review this officer is reminded of: the own team's neighbourhood, and for
    who decides about others' posts the whole unit."""
    mine = Q(neighbourhood=officer.neighbourhood)
    if officer.may(Permission.APPROVE_POSTS):
        mine |= Q(neighbourhood__unit=officer.unit)
    due = Priority.objects.due(at=at).filter(mine).select_related("neighbourhood")
    return due if officer.may(Permission.EDIT_PRIORITIES) else due.none()


def people_like(
    *, q: str = "", role: str = "", unit: LocalPolicingUnit | None = None, state: str = "serving"
) -> OfficerQuerySet:
    """People for the list, by what was asked; the software itself is nobody."""
    found = Officer.objects.get_queryset().exclude(roles__contains=["system"])
    found = found.filter(**STATES[state or "serving"])
    if q:
        words = Q(name__icontains=q) | Q(username__icontains=q) | Q(collar_number__icontains=q)
        found = found.filter(words)
    if role:
        found = found.filter(roles__contains=[role])
    if unit:
        found = found.filter(unit=unit)
    return found.select_related("unit", "team").order_by("name", "pk")


def pages_about(officer: Officer, *teams: Team | None) -> list[tuple[str, str]]:
    """The public pages on which somebody stands as a member of these teams."""
    pages = [("publishing.officer", str(officer.pk))]
    for team in filter(None, teams):
        pages.append(("publishing.team", team.slug))
        pages.append(("publishing.neighbourhood", team.neighbourhood.slug))
    return pages

"""Who works here, in which roles and where."""

from datetime import datetime

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.jobs import queue
from hue.lib.html import plain
from hue.pages import stale
from hue.people import access
from hue.people.access import Refused, require
from hue.people.models import LocalPolicingUnit, Officer, Team
from hue.people.queries import pages_about
from hue.people.roles import Permission

ADDED = Kind("person.added", "{by} added {name} as {roles}.")
ROLES_CHANGED = Kind("person.roles_changed", "{by} changed the roles of {name} to: {roles}.")
CHANGED = Kind("person.changed", "{by} changed name, rank or number of {name}.")
ASSIGNED = Kind("person.assigned", "{by} assigned {name} to {where}.")


@transaction.atomic
def add_person(
    *,
    by: Officer,
    at: datetime,
    username: str,
    name: str,
    roles: list[str],
    rank: str = "",
    collar_number: str = "",
    email: str = "",
    unit: LocalPolicingUnit | None = None,
    team: Team | None = None,
    practice: bool = True,
) -> Officer:
    """Nobody can sign in as them before an invitation was used. New people practise first."""
    require(by, Permission.MANAGE_PEOPLE)
    if Officer.objects.filter(username__iexact=username).exists():
        raise Refused(f"Somebody already signs in as “{username}”: choose another name.")
    officer = Officer(
        username=username,
        name=name,
        roles=access.known_roles(roles),
        rank=rank,
        collar_number=collar_number,
        email=email,
        unit=unit or (team.neighbourhood.unit if team else None),
        team=team,
        practice=practice,
    )
    officer.set_unusable_password()
    officer.save(force_insert=True)
    told = {"roles": officer.record_role or "nothing yet"}
    record(ADDED, by=by, at=at, subject=officer, data=told, personal={"name": str(officer)})
    return officer


@transaction.atomic
def change_roles(*, by: Officer, at: datetime, officer: Officer, roles: list[str]) -> Officer:
    require(by, Permission.MANAGE_PEOPLE)
    access.not_oneself(by, officer, "change their own roles")
    officer.roles = access.known_roles(roles)
    officer.save(update_fields=["roles"])
    told = {"roles": officer.record_role or "none"}
    record(ROLES_CHANGED, by=by, at=at, subject=officer, data=told, personal={"name": str(officer)})
    return officer


@transaction.atomic
def change_details(
    *, by: Officer, at: datetime, officer: Officer, name: str, rank: str, collar_number: str
) -> Officer:
    """A promotion, a marriage, a new number: what they signed before is signed anew."""
    require(by, Permission.MANAGE_PEOPLE)
    officer.name, officer.rank, officer.collar_number = plain(name), plain(rank), collar_number
    officer.save(update_fields=["name", "rank", "collar_number"])
    record(CHANGED, by=by, at=at, subject=officer, personal={"name": str(officer)})
    queue.defer("publishing.sign_again", priority=queue.BULK, officer=officer.pk)
    queue.defer("fediverse.profiles", once="fediverse.profiles")
    return officer


@transaction.atomic
def assign(
    *,
    by: Officer,
    at: datetime,
    officer: Officer,
    unit: LocalPolicingUnit | None,
    team: Team | None,
) -> Officer:
    """To a team, whose unit it then is; or to a unit alone."""
    require(by, Permission.MANAGE_PEOPLE)
    before = officer.team
    officer.unit = team.neighbourhood.unit if team else unit
    officer.team = team
    officer.save(update_fields=["unit", "team"])
    stale.mark(*pages_about(officer, before, team), at=at)
    queue.defer("fediverse.profiles", once="fediverse.profiles")
    where = team.name if team else unit.name if unit else "no unit"
    told = {"where": where}
    record(ASSIGNED, by=by, at=at, subject=officer, data=told, personal={"name": str(officer)})
    return officer

"""Where people work: units of the force, and the teams of its neighbourhoods."""

from datetime import datetime

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.jobs import queue
from hue.lib.html import plain
from hue.pages import stale
from hue.people import wording
from hue.people.access import Refused, require, slug_of
from hue.people.models import LocalPolicingUnit, Neighbourhood, Officer, Team
from hue.people.queries import the_force
from hue.people.roles import Permission

UNIT_ADDED = Kind("unit.added", "{by} added the unit {name}.")
TEAM_ADDED = Kind("team.added", "{by} added the team {name} in {place}.")
TEAM_CHANGED = Kind("team.changed", "{by} changed the team {name}: {presence}")

# Here and not beside its import, which loads fifteen megabytes that no server or worker needs.
AREAS_IMPORTED = Kind(
    "areas.imported",
    "{by} imported {areas} areas from {name}; {bounded} neighbourhoods took their boundary "
    "from it and {created} were new.",
)


@transaction.atomic
def add_unit(*, by: Officer, at: datetime, name: str) -> LocalPolicingUnit:
    require(by, Permission.CHANGE_FORCE)
    slug = slug_of(name)
    if LocalPolicingUnit.objects.filter(slug=slug).exists():
        raise Refused(f"There is a unit “{slug}” already: choose another name.")
    wording.must_pass(name, by=by, at=at)
    unit = LocalPolicingUnit.objects.create(force=the_force(), slug=slug, name=plain(name))
    record(UNIT_ADDED, by=by, at=at, subject=f"unit:{slug}", data={"name": unit.name})
    stale.mark(("publishing.unit", slug), ("publishing.neighbourhoods", ""), at=at)
    return unit


@transaction.atomic
def add_team(*, by: Officer, at: datetime, neighbourhood: Neighbourhood, name: str) -> Team:
    require(by, Permission.CHANGE_FORCE)
    slug = slug_of(name)
    if Team.objects.filter(slug=slug).exists():
        raise Refused(f"There is a team “{slug}” already: choose another name.")
    wording.must_pass(name, by=by, at=at)
    team = Team.objects.create(neighbourhood=neighbourhood, slug=slug, name=plain(name))
    told = {"name": team.name, "place": neighbourhood.name}
    record(TEAM_ADDED, by=by, at=at, subject=f"team:{slug}", data=told)
    _show(team, at)
    return team


@transaction.atomic
def change_team(*, by: Officer, at: datetime, team: Team, name: str, presence: str) -> Team:
    """Its address stays. `presence` is said in public: “weekday afternoons”, no shift pattern."""
    require(by, Permission.CHANGE_FORCE)
    if any(letter.isdigit() for letter in presence):
        raise Refused("Say it without times and dates, like “weekday afternoons”.")
    wording.must_pass(name, presence, by=by, at=at)
    team.name, team.presence = plain(name), plain(presence)
    team.save(update_fields=["name", "presence"])
    told = {"name": team.name, "presence": team.presence or "no hours"}
    record(TEAM_CHANGED, by=by, at=at, subject=f"team:{team.slug}", data=told)
    _show(team, at)
    return team


def _show(team: Team, at: datetime) -> None:
    place = ("publishing.neighbourhood", team.neighbourhood.slug)
    stale.mark(("publishing.team", team.slug), place, at=at)
    queue.defer("fediverse.profiles", once="fediverse.profiles")

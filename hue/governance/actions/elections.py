"""When an election period runs, and who stands: the guard reads every text for it."""

from datetime import datetime

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.governance import access
from hue.governance.models import Election
from hue.lib.html import plain
from hue.people.access import require
from hue.people.models import Officer
from hue.people.roles import Permission

ELECTION_NOTED = Kind("election.noted", "{by} noted an election: {name}, {first} to {last}.")
CANDIDATES = Kind("election.candidates", "{by} said who stands in {name}: {names}.")
ELECTION_ENDED = Kind("election.ended", "{by} ended the election period of {name}.")


@transaction.atomic
def note_election(
    *,
    by: Officer,
    at: datetime,
    name: str,
    starts_at: datetime,
    ends_at: datetime,
    candidates: list[str],
) -> Election:
    """From its first to its last moment the guard reads every text for who stands in it."""
    require(by, Permission.SET_ELECTIONS)
    access.is_a_period(starts_at, ends_at, at=at)
    election = Election.objects.create(
        name=plain(name),
        starts_at=starts_at,
        ends_at=ends_at,
        candidates=list(map(plain, candidates)),
        by=by,
        at=at,
    )
    told = {"name": election.name, "first": f"{starts_at:%Y-%m-%d}", "last": f"{ends_at:%Y-%m-%d}"}
    record(ELECTION_NOTED, by=by, at=at, subject=election, data=told)
    _say_who_stands(by, at, election)
    return election


@transaction.atomic
def change_candidates(
    *, by: Officer, at: datetime, election: Election, candidates: list[str]
) -> Election:
    require(by, Permission.SET_ELECTIONS)
    election = Election.objects.select_for_update().get(pk=election.pk)
    access.is_not_over(election, at=at)
    election.candidates = list(map(plain, candidates))
    election.save(update_fields=["candidates"])
    _say_who_stands(by, at, election)
    return election


@transaction.atomic
def end_election(*, by: Officer, at: datetime, election: Election) -> None:
    """Called off, or noted by mistake."""
    require(by, Permission.SET_ELECTIONS)
    if Election.objects.filter(pk=election.pk, ended_at=None).update(ended_at=at):
        record(ELECTION_ENDED, by=by, at=at, subject=election, data={"name": election.name})


def _say_who_stands(by: Officer, at: datetime, election: Election) -> None:
    names = ", ".join(election.candidates) or "nobody is named"
    told = {"name": election.name, "names": names}
    record(CANDIDATES, by=by, at=at, subject=election, data=told)

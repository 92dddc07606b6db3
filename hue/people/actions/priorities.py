"""What residents told a team, and what it does about it: reviewed every three months."""

from datetime import datetime

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.pages import stale
from hue.people import wording
from hue.people.access import Refused, require
from hue.people.models import Neighbourhood, Officer, Priority
from hue.people.roles import Permission
from hue.streams.tell import tell

ADDED = Kind("priority.added", "{by} set a priority for {place}: {you_said}")
REVIEWED = Kind("priority.reviewed", "{by} reviewed a priority of {place}: {we_did}")
REMINDED = Kind("priority.reminded", "{by} said that a review is due in {place}: {you_said}")
ENDED = Kind("priority.ended", "{by} ended a priority of {place}: {we_did}")
MOST = 3  # more than a team can keep are no priorities


@transaction.atomic
def add_priority(
    *, by: Officer, at: datetime, neighbourhood: Neighbourhood, you_said: str, we_did: str
) -> Priority:
    require(by, Permission.EDIT_PRIORITIES)
    if neighbourhood.priorities.filter(ended_at=None).count() >= MOST:
        raise Refused(f"{neighbourhood} has {MOST} priorities: end one before you add another.")
    wording.must_pass(you_said, we_did, by=by, at=at)
    priority = Priority.objects.create(
        neighbourhood=neighbourhood, you_said=you_said, we_did=we_did, reviewed_at=at
    )
    told = {"place": neighbourhood.name, "you_said": you_said, "we_did": we_did}
    record(ADDED, by=by, at=at, subject=priority, data=told)
    _show(neighbourhood, at)
    return priority


@transaction.atomic
def review_priority(*, by: Officer, at: datetime, priority: Priority, we_did: str) -> Priority:
    """Still a priority; what was done since the last time."""
    require(by, Permission.EDIT_PRIORITIES)
    wording.must_pass(we_did, by=by, at=at)
    _change(priority, we_did, at, ended_at=None)
    told = {"place": priority.neighbourhood.name, "we_did": we_did}
    record(REVIEWED, by=by, at=at, subject=priority, data=told)
    return priority


@transaction.atomic
def remind_review(*, by: Officer, at: datetime, priority: Priority) -> None:
    """Its team's desk says so, and the public page. Twice does no harm."""
    require(by, Permission.EDIT_PRIORITIES)
    if not Priority.objects.to_remind(at=at).filter(pk=priority.pk).update(reminded_at=at):
        return
    place = priority.neighbourhood
    told = {"place": place.name, "you_said": priority.you_said}
    record(REMINDED, by=by, at=at, subject=priority, data=told)
    tell("desk", "reminder", {"place": place.slug}, at=at)
    _show(place, at)


@transaction.atomic
def end_priority(*, by: Officer, at: datetime, priority: Priority, we_did: str) -> Priority:
    """It is dealt with, or it gave way: the public reads how it ended."""
    require(by, Permission.EDIT_PRIORITIES)
    wording.must_pass(we_did, by=by, at=at)
    _change(priority, we_did, at, ended_at=at)
    told = {"place": priority.neighbourhood.name, "we_did": we_did}
    record(ENDED, by=by, at=at, subject=priority, data=told)
    return priority


def _change(priority: Priority, we_did: str, at: datetime, *, ended_at: datetime | None) -> None:
    if priority.ended_at is not None:
        raise Refused("This priority has ended; add it again if it came back.")
    priority.we_did, priority.reviewed_at, priority.ended_at = we_did, at, ended_at
    priority.reminded_at = None
    priority.save(update_fields=["we_did", "reviewed_at", "reminded_at", "ended_at"])
    _show(priority.neighbourhood, at)


def _show(neighbourhood: Neighbourhood, at: datetime) -> None:
    stale.mark(("publishing.neighbourhood", neighbourhood.slug), at=at)

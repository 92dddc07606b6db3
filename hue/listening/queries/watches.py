"""Which watches somebody sees: those of their own roles, and as an approver what waits."""

from datetime import datetime

from django.db.models import Q

from hue.listening.models import Watch, WatchQuerySet
from hue.people.models import Officer
from hue.people.roles import ROLES, Permission

ANSWERS = "information_asset_owner"


def circles(officer: Officer) -> list[str]:
    """The roles in whose name this officer hears something."""
    return [role for role in officer.roles if Permission.LISTEN in ROLES[role].may]


def charters_for(officer: Officer) -> WatchQuerySet:
    """Their own roles' watches. Whoever approves sees the charters that wait as well, and who
    answers for the data sees all: what is watched, not what is heard."""
    newest = Watch.objects.to_read().order_by("-written_at")
    if ANSWERS in officer.roles:
        return newest
    seen = Q(role__in=circles(officer))
    if officer.may(Permission.APPROVE_WATCHES):
        seen |= Q(state="written")
    return newest.filter(seen)


def running_for(role: str, *, at: datetime) -> WatchQuerySet:
    return Watch.objects.running(at=at).filter(role=role).to_read().order_by("name")


def to_approve(officer: Officer) -> WatchQuerySet:
    waiting = Watch.objects.waiting().exclude(written_by=officer).exclude(owner=officer)
    waiting = waiting.select_related("written_by")
    return waiting if officer.may(Permission.APPROVE_WATCHES) else waiting.none()


def to_review(officer: Officer, *, at: datetime) -> WatchQuerySet:
    """Their own watches, whose review is due."""
    return Watch.objects.running(at=at).filter(owner=officer, review_at__lte=at)

"""Reads in which posts and incidents are both known; their cost is the event's alone."""

import re
from datetime import datetime, timedelta
from statistics import median
from typing import Any, NamedTuple

from django.db.models import Count, F, Max, Q, Sum
from django.db.models.functions import TruncHour

from hue.audit.models import Entry
from hue.audit.record import name_of, read_aloud
from hue.events.models import LiveEvent
from hue.pages.models import Views
from hue.people.models import Officer, OfficerQuerySet
from hue.publishing.models import OutcomeOwed, OutcomeOwedQuerySet, Post, PostQuerySet

HEARD = (("this week", timedelta(days=7)), ("this month", timedelta(days=31)))
_ADDRESS = re.compile(r"/posts/([a-z0-9]{4,12})\b")


class Hour(NamedTuple):
    """One hour of an event in which something was said."""

    at: datetime
    threads: int
    calls: int  # incidents told first in this hour


def event_totals(event: LiveEvent) -> list[dict[str, Any]]:
    """The running totals of a live event, for its page."""
    over = Q(incident__state="over")
    counted = _standing(event).aggregate(
        incidents=Count("incident", distinct=True),
        over=Count("incident", distinct=True, filter=over),
        found=Count("incident", distinct=True, filter=over & Q(incident__kind="missing_person")),
        arrests=Count(
            "incident__proceedings",
            distinct=True,
            filter=Q(incident__proceedings__step="arrested"),
        ),
    )
    return [
        {"label": "incidents", "value": counted["incidents"], "url": "#by-kind"},
        {"label": "arrests", "value": counted["arrests"], "url": ""},
        {"label": "found safe", "value": counted["found"], "url": ""},
        {"label": "over", "value": counted["over"], "url": ""},
    ]


def event_hours(event: LiveEvent) -> list[Hour]:
    """Its hours with threads, oldest first. Withdrawn threads stay on their hour's page."""
    counted = (
        Post.objects.filter(event=event, thread=None)
        .public()
        .annotate(hour=TruncHour("published_at"))
        .values_list("hour")
        .annotate(
            threads=Count("id"),
            calls=Count("incident", distinct=True, filter=Q(state="published")),
        )
        .order_by("hour")
    )
    return [Hour(*row) for row in counted]


def event_kinds(event: LiveEvent) -> list[tuple[str, int]]:
    """How often each kind of incident was told, the most frequent first."""
    counted = (
        _standing(event)
        .exclude(incident=None)
        .values_list("incident__kind")
        .annotate(n=Count("incident", distinct=True))
        .order_by("-n", "incident__kind")
    )
    return [(kind, number) for kind, number in counted]


def _standing(event: LiveEvent) -> PostQuerySet:
    """Its public posts that were not taken back."""
    return Post.objects.filter(event=event, state="published", practice=False)


def usual_wait(*, at: datetime) -> timedelta | None:
    """How long a second person usually takes: the median of the last thirty, within two days."""
    decided = Post.objects.filter(
        approved_at__gte=at - timedelta(days=2), approved_at__gt=F("received_at")
    ).order_by("-approved_at")
    waits = [
        (approved - received).total_seconds()
        for approved, received in decided.values_list("approved_at", "received_at")[:30]
        if approved is not None
    ]
    return timedelta(seconds=median(waits)) if waits else None


def story(post: Post, *, opened: bool) -> list[dict[str, Any]]:
    """What happened to a post, oldest first, as the record reads aloud; `opened` with the reasons
    why somebody let pass what the guard stops."""
    entries = Entry.objects.filter(subject=name_of(post)).order_by("id")
    return [
        {
            "at": entry.at,
            "sentence": read_aloud(entry, personal=opened and entry.kind == "post.overridden"),
        }
        for entry in entries
    ]


def posts_of(officer: Officer) -> PostQuerySet:
    return Post.objects.filter(author=officer).to_read().order_by("-written_at")


def heard_from(officer: Officer, *, at: datetime) -> str:
    """ "this week", "this month" or nothing: as coarse as their public posts show anyway.

    Silence has many reasons, and none is told: somebody suspended is silent like anybody else.
    """
    newest = _heard().filter(author=officer).aggregate(at=Max("published_at"))["at"]
    return next((words for words, span in HEARD if newest and at - newest < span), "")


def heard_lately(*, at: datetime) -> OfficerQuerySet:
    """Named officers of whom a page says so, or said so until yesterday."""
    longest = max(span for _, span in HEARD) + timedelta(days=2)
    authors = _heard().filter(published_at__gt=at - longest).values("author")
    return Officer.objects.named_in_public().filter(pk__in=authors)


def _heard() -> PostQuerySet:
    return Post.objects.filter(state="published", practice=False)


def public_posts(words: str) -> PostQuerySet:
    """The newest first: all, those with these words, or the one whose address this is."""
    found = Post.objects.public().to_read().newest_first()
    if address := _ADDRESS.search(words):
        return found.filter(pk=address[1])
    for word in words.split():
        found = found.filter(
            Q(text__icontains=word)
            | Q(neighbourhood__name__icontains=word)
            | Q(author__name__icontains=word)
        )
    return found


def practice_of(officer: Officer) -> PostQuerySet:
    """Practice posts of the officer's team, or the officer's own where there is no team."""
    mine = Q(author=officer)
    if officer.team_id is not None:
        mine |= Q(author__team=officer.team_id)
    return Post.objects.filter(mine, practice=True, thread=None, state="published").newest_first()


def owed_by(officer: Officer) -> OutcomeOwedQuerySet:
    return OutcomeOwed.objects.open().filter(officer=officer, post__state="published")


def seen(addresses: list[str]) -> dict[str, int]:
    """How often each page was asked for, by address."""
    counted = Views.objects.filter(path__in=addresses).values_list("path")
    return dict(counted.annotate(Sum("count")).order_by())

"""The weekly sample: which week, which posts, and in which order they are drawn.

Three piles: what the guard stopped or somebody let pass, what it spoke about, what it was silent
about. Each lies in the order of a digest of week and post, so that the draw can be repeated and
nobody chooses. One is taken from each in turn until the number of the policy is reached.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import chain, zip_longest
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone

from hue.guard.finding import Severity
from hue.lib import clock
from hue.people.models import LocalPolicingUnit
from hue.publishing.models import Look, Override, Post, PostQuerySet

WEEK = timedelta(days=7)


class Drawn(NamedTuple):
    post: str
    pile: str
    spoke: list[str]


def week_of(at: datetime) -> date:
    """Its Monday, where the force is."""
    day = timezone.localtime(at).date()
    return day - timedelta(days=day.weekday())


def week_to_judge(at: datetime) -> date:
    """Last week's: this week supervisors say what they think of it."""
    return week_of(at) - WEEK


def moments(first: date, after: date) -> tuple[datetime, datetime]:
    """From the first moment of one day to the first of another."""
    return clock.day_of(first)[0], clock.day_of(after)[0]


def draw(week: date, unit: LocalPolicingUnit, size: int) -> list[Drawn]:
    """Costs two queries and the posts of that unit and week."""
    piles: dict[str, list[Drawn]] = {"stopped": [], "spoke": [], "silent": []}
    for one in _candidates(week, unit):
        piles[one.pile].append(one)
    ordered = [sorted(pile, key=lambda one: _order(week, one)) for pile in piles.values()]
    in_turn = (one for one in chain.from_iterable(zip_longest(*ordered)) if one)
    return list(in_turn)[:size]


def _order(week: date, one: Drawn) -> str:
    return sha256(f"{week} {one.post}".encode()).hexdigest()


def _candidates(week: date, unit: LocalPolicingUnit) -> Iterator[Drawn]:
    posts = list(_posts(week, unit).values_list("pk", flat=True))
    let_pass = set(Override.objects.filter(post__in=posts).values_list("post", flat=True))
    said = said_of(posts)
    for post in posts:
        spoke = {rule for rule, _ in said[post]}
        stopped = post in let_pass or any(severity == Severity.STOP for _, severity in said[post])
        yield Drawn(post, "stopped" if stopped else "spoke" if spoke else "silent", sorted(spoke))


def said_of(posts: Iterable[str]) -> dict[str, set[tuple[str, str]]]:
    """Rule and severity of everything that the guard ever said of each."""
    said: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for post, findings in Look.objects.filter(post__in=posts).values_list("post", "findings"):
        said[post].update((kept["rule"], kept["severity"]) for kept in findings)
    return said


def _posts(week: date, unit: LocalPolicingUnit) -> PostQuerySet:
    """What went out in that week, and what was stopped in it and never did."""
    begins, ends = moments(week, week + WEEK)
    of_unit = Q(neighbourhood__unit=unit) | Q(neighbourhood=None, author__unit=unit)
    public = Q(state="published", published_at__gte=begins, published_at__lt=ends)
    stopped = Look.objects.filter(at__gte=begins, at__lt=ends).filter(
        findings__contains=[{"severity": Severity.STOP.value}]
    )
    kept = Q(state__in=["draft", "dropped"], pk__in=stopped.values("post"))
    return Post.objects.filter(of_unit, public | kept, practice=False).order_by("pk")

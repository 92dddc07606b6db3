"""What is said in the watches of one role: the figures of its claims, counted from the rows."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, DateTimeField, F, Func, Max, Min, Q, QuerySet, Value

from hue.listening.models import Danger, Reader, Remark, RemarkQuerySet

SHOWN = 30
GROWTH = (5, 15, 60)  # minutes
GROWN = [f"{what}_{minutes}" for minutes in GROWTH for what in ("new", "from")]
LATELY = timedelta(hours=24)
STEP, STEPS = timedelta(minutes=5), 12


def heard(role: str) -> RemarkQuerySet:
    """The only way to words: by the role whose watches asked for them."""
    return Remark.objects.read().filter(role=role)


def ranked(role: str, *, at: datetime) -> list[dict[str, Any]]:
    """What to look at first, and why. A claim whose remarks were all taken back is gone."""
    reader = Reader.objects.filter(role=role).only("ranked").first()
    order = reader.ranked if reader else []
    figures = figures_of(role, [one["claim"] for one in order], at=at)
    return [{**figures[one["claim"]], **one} for one in order if one["claim"] in figures]


def figures_of(role: str, claims: list[str], *, at: datetime) -> dict[str, dict[str, Any]]:
    found = heard(role).filter(claim__in=claims).values("claim").annotate(**_counts(at))
    heads = first_words(role, claims)
    return {row["claim"]: {**row, "text": heads.get(row["claim"], "")} for row in found}


def _counts(at: datetime) -> dict[str, Any]:
    """Growth is of wordings and of sources: the same text sent a thousand times is one."""
    grown: dict[str, Any] = {}
    for minutes in GROWTH:
        since = Q(said_at__gt=at - timedelta(minutes=minutes))
        grown[f"new_{minutes}"] = Count("pk", filter=since & Q(copy=False))
        grown[f"from_{minutes}"] = Count("voice", distinct=True, filter=since & ~Q(voice=""))
    return {
        "story": Max("story"),
        "posts": Count("pk"),
        "texts": Count("pk", filter=Q(copy=False)),
        "sources": Count("voice", distinct=True, filter=~Q(voice="")),
        "first_at": Min("said_at"),
        "last_at": Max("said_at"),
        "saw": Count("pk", filter=Q(eyewitness=True)),
        "asked": Count("pk", filter=~Q(questions=[])),
        **grown,
    }


def lately(role: str, claims: list[str], *, at: datetime) -> dict[str, list[int]]:
    """How many remarks in each five minutes of the last hour, the oldest first."""
    since, steps = at - STEP * STEPS, defaultdict[str, list[int]](lambda: [0] * STEPS)
    parts = Value(STEP), F("said_at"), Value(since)
    step = Func(*parts, function="date_bin", output_field=DateTimeField())
    said = heard(role).filter(claim__in=claims, said_at__gte=since, said_at__lt=at)
    rows = said.annotate(step=step).values_list("claim", "step").annotate(n=Count("pk"))
    for claim, began, n in rows.order_by():
        steps[claim][(began - since) // STEP] = n
    return {claim: steps[claim] for claim in claims}


def first_words(role: str, claims: list[str]) -> dict[str, str]:
    """How the first of each said it."""
    found = heard(role).filter(claim__in=claims).order_by("claim", "turn").distinct("claim")
    return dict(found.values_list("claim", "text"))


def stories(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The claims of one happening together, the fastest growing first."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        story = found.setdefault(row["story"], {"text": row["text"], "claims": 0, "posts": 0})
        story["claims"] += 1
        story["posts"] += row["posts"]
        story["claim"] = story.get("claim", row["claim"])
        for name in GROWN:
            story[name] = story.get(name, 0) + row[name]
    return sorted(found.values(), key=lambda s: [-s[name] for name in GROWN])


def asked_most(role: str, *, at: datetime) -> list[dict[str, Any]]:
    """Claims that people ask about, by how many ask."""
    lately = heard(role).filter(said_at__gt=at - LATELY).exclude(questions=[])
    found = lately.values("claim").annotate(asked=Count("pk")).order_by("-asked", "claim")[:8]
    heads = first_words(role, [row["claim"] for row in found])
    return [{**row, "text": heads.get(row["claim"], "")} for row in found]


def eyewitnesses(role: str, *, at: datetime) -> QuerySet[Remark]:
    """Somebody says that they see it, and where; the newest first."""
    saw = heard(role).filter(eyewitness=True, copy=False, said_at__gt=at - LATELY)
    return saw.exclude(places=[]).order_by("-said_at")[:10]


def by_place(role: str, *, at: datetime) -> list[dict[str, Any]]:
    """How many remarks of the last 24 hours name each place, and how many are new."""
    lately, hour = Counter[str](), Counter[str]()
    rows = heard(role).filter(said_at__gt=at - LATELY, copy=False).exclude(places=[])
    for places, said_at in rows.values_list("places", "said_at").iterator():
        lately.update(places)
        if said_at > at - timedelta(hours=1):
            hour.update(places)
    return [
        {"place": place, "posts": count, "new_60": hour[place]}
        for place, count in sorted(lately.items(), key=lambda told: (-told[1], told[0]))
    ]


def dangers(role: str) -> QuerySet[Danger]:
    return Danger.objects.open().filter(role=role).select_related("remark__source")


def wordings(said: RemarkQuerySet) -> RemarkQuerySet:
    """Without copies, but for those in which there is a risk to life."""
    return said.filter(Q(copy=False) | ~Q(danger=None))


def remarks_of(role: str, claim: str) -> RemarkQuerySet:
    said = heard(role).filter(claim=claim).select_related("source", "danger")
    return said.order_by(F("said_at").desc(), "-pk")

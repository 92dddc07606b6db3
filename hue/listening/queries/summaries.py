"""The figures of a time, out of the rows of one role while they are there."""

from collections import Counter
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncDay, TruncHour
from django.utils import timezone

from hue.incidents.models import Incident
from hue.listening.models import Danger, Summary, Watch
from hue.listening.queries.claims import heard
from hue.listening.queries.watches import circles
from hue.people.models import Officer

FEW = 5  # a smaller number of places, kinds or people could say who
TWO_MINUTES = 120


def summaries_for(officer: Officer) -> Any:
    return Summary.objects.filter(role__in=circles(officer)).select_related("watch", "written_by")


def figures(
    role: str, starts: datetime, ends: datetime, *, watch: Watch | None = None
) -> dict[str, Any]:
    said = heard(role).filter(said_at__gte=starts, said_at__lt=ends)
    if watch is not None:
        said = said.filter(watches__contains=[watch.pk])
    own = said.filter(copy=False)
    step = TruncHour("said_at") if watch else TruncDay("said_at")
    times = said.annotate(step=step).values("step").annotate(n=Count("pk")).order_by("step")
    claims = own.values("claim").annotate(sure=Count("pk", filter=Q(matches__0__2=True)))
    answered = sum(1 for row in claims if row["sure"])
    return {
        "remarks": said.count(),
        "wordings": own.count(),
        "claims": len(claims),
        "answered": answered,
        "asked": own.exclude(questions=[]).count(),
        "times": [[row["step"].isoformat(), row["n"]] for row in times],
        "by": "hour" if watch else "day",
        "places": _named(own.exclude(places=[])),
        "kinds": _kinds(own),
        "experienced": own.filter(eyewitness=True).count(),
        "evidenced": _incidents(starts, ends),
        "potential": sum("threat" in " ".join(risks) for risks in _risks(own)),
        **_dangers(role, starts, ends),
    }


def _named(said: Any) -> list[list[Any]]:
    count = Counter(place for places in said.values_list("places", flat=True) for place in places)
    return [[place, n] for place, n in count.most_common(15) if n >= FEW]


def _kinds(said: Any) -> list[list[Any]]:
    rows = said.values("kind").annotate(n=Count("pk")).order_by("-n")
    return [[row["kind"] or "not clear", row["n"]] for row in rows if row["n"] >= FEW]


def _risks(said: Any) -> Any:
    return said.exclude(risks=[]).values_list("risks", flat=True)


def _incidents(starts: datetime, ends: datetime) -> int:
    """What the force itself recorded: the evidence beside the talk."""
    return Incident.objects.filter(happened_at__gte=starts, happened_at__lt=ends).count()


def _dangers(role: str, starts: datetime, ends: datetime) -> dict[str, Any]:
    found = Danger.objects.filter(role=role, since__gte=starts, since__lt=ends)
    waits = [
        (handed - since).total_seconds()
        for since, handed in found.values_list("since", "handed_at")
        if handed is not None
    ]
    return {
        "dangers": found.count(),
        "handed_off": len(waits),
        "seconds": round(median(waits)) if waits else None,
        "late": sum(wait > TWO_MINUTES for wait in waits),
    }


def week_before(at: datetime) -> tuple[datetime, datetime]:
    """Monday to Monday, the last whole one."""
    today = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    ends = today - timedelta(days=today.weekday())
    return ends - timedelta(days=7), ends

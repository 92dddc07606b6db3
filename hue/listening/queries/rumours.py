"""What the desk and the public pages ask of the register of rumours."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from hue.audit.models import Entry
from hue.audit.record import name_of, read_aloud
from hue.listening.models import Rebuttal, Rumour, RumourQuerySet, Seen, Sighting, Verdict

DAY = timedelta(hours=24)


def waiting(*, at: datetime) -> RumourQuerySet:
    """For the queue: without an answer, to be looked at again, or waiting for a second decider."""
    proposed = Verdict.objects.filter(rumour=OuterRef("pk"), state="proposed")
    waits = Q(state="unverified") | Q(next_check_at__lte=at) | Exists(proposed)
    return (
        Rumour.objects.standing().filter(waits).select_related("owner").prefetch_related("places")
    )


def register(words: str, state: str) -> RumourQuerySet:
    """The newest first; `words` are looked for in claim, question and places."""
    found = Rumour.objects.to_read().order_by("-opened_at", "-id")
    if state:
        found = found.filter(state=state)
    for word in words.split():
        found = found.filter(
            Q(claim__icontains=word)
            | Q(question__icontains=word)
            | Q(pk__in=Rumour.objects.filter(places__name__icontains=word).values("pk"))
        )
    return found.annotate(seen=Coalesce(Sum("sightings__count"), 0))


def others(rumour: Rumour) -> RumourQuerySet:
    """What it could be part of, the newest first."""
    same = Rumour.objects.standing().filter(subject=rumour.subject).exclude(pk=rumour.pk)
    return same.order_by("-opened_at")[:200]


def sightings(rumour: Rumour) -> QuerySet[Sighting]:
    """Its own and those of what was merged into it."""
    return Sighting.objects.filter(Q(rumour=rumour) | Q(rumour__into=rumour))


def where_seen(rumour: Rumour) -> list[dict[str, Any]]:
    """By source, the most first."""
    by_source = sightings(rumour).order_by().values("source")
    found = by_source.annotate(n=Sum("count"), places=Count("place", distinct=True))
    words = dict(Sighting.SOURCES)
    ordered = sorted(found, key=lambda row: (-row["n"], row["source"]))
    return [
        {"source": row["source"], "label": words[row["source"]], "n": row["n"]} for row in ordered
    ]


def growth(rumour: Rumour, *, at: datetime) -> dict[str, int]:
    """How much was seen: in all, in the last day, in the hour that runs and the one before."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    hours = Seen.objects.filter(Q(rumour=rumour) | Q(rumour__into=rumour))

    def since(first: datetime, last: datetime) -> int:
        found = hours.filter(hour__gte=first, hour__lt=last)
        return found.aggregate(n=Sum("count"))["n"] or 0

    end = hour + timedelta(hours=1)
    return {
        "all": sightings(rumour).aggregate(n=Sum("count"))["n"] or 0,
        "day": since(end - DAY, end),
        "now": since(hour, end),
        "before": since(hour - timedelta(hours=1), hour),
    }


def older_answers(rumour: Rumour) -> list[Verdict]:
    """What stood in public before, the newest first."""
    return list(rumour.verdicts.filter(state="replaced", shown=True).order_by("-replaced_at"))


def changed_answers() -> list[tuple[Verdict, Rumour]]:
    """Verdicts that stood in public and were changed or taken back, the newest first."""
    gone = Verdict.objects.filter(state="replaced", shown=True).exclude(changed_because="")
    shown = gone.filter(rumour__in=Rumour.objects.listed())
    return [(one, one.rumour) for one in shown.select_related("rumour").order_by("-replaced_at")]


def public_rebuttals(rumour: Rumour) -> list[Rebuttal]:
    """Posts that answer it and stand in public now."""
    return list(Rebuttal.objects.standing().filter(rumour=rumour).select_related("post"))


def story(rumour: Rumour, *, opened: bool) -> list[dict[str, Any]]:
    """Every change, oldest first, as the record reads aloud; `opened`: with the reasons."""
    entries = Entry.objects.filter(subject=name_of(rumour)).order_by("id")
    return [{"at": one.at, "sentence": read_aloud(one, personal=opened)} for one in entries]

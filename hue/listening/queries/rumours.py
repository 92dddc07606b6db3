"""What the desk and the public pages ask of the register of rumours."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from statistics import median_low
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from hue.audit.models import Entry
from hue.audit.record import name_of, read_aloud
from hue.listening.models import Rebuttal, Rumour, RumourQuerySet, Seen, Sighting, Verdict
from hue.people.models import Area, Neighbourhood

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


def key_of(role: str, claim: str) -> str:
    """How a sighting names a claim of the engine: each role has an engine of its own."""
    return f"{role} {claim}"


def of_claims(role: str, claims: Iterable[str]) -> dict[str, Rumour]:
    """By claim what the register has of it; what was merged is told by what it is part of."""
    keys = {key_of(role, claim): claim for claim in claims}
    seen = Sighting.objects.filter(claim__in=keys).select_related("rumour__into")
    return {keys[one.claim]: one.rumour.into or one.rumour for one in seen}


def counting(
    role: str, claims: Iterable[str], sure: Mapping[str, str]
) -> dict[str, tuple[Rumour, str]]:
    """By claim the entry in which it is counted, and under which key: where a person took it up,
    else, without the claim, what the engine is `sure` that it repeats. Two roles may hear the same
    posts: the first alone counts them."""
    keys = {key_of(role, claim): claim for claim in claims}
    of_one = Q(claim__in=keys) | (Q(rumour__in=sure.values()) & ~Q(claim=""))
    seen = list(Sighting.objects.filter(of_one).select_related("rumour__into").order_by("pk"))
    own = key_of(role, "")
    taken = {one.rumour_id for one in seen if not one.claim.startswith(own)}
    repeats = Rumour.objects.in_bulk({*sure.values()} - taken) if sure else {}
    found = {claim: (repeats[pk], own) for claim, pk in sure.items() if pk in repeats}
    told = {
        keys[one.claim]: (one.rumour.into or one.rumour, one.claim)
        for one in seen
        if one.claim in keys
    }
    return found | told


def neighbourhoods(names: Collection[str]) -> dict[str, Neighbourhood]:
    """By the names that the engine gives places: their own, and those of the wards in them."""
    wards = Area.objects.filter(name__in=names).exclude(neighbourhood=None)
    found = {one.name: one.neighbourhood for one in wards.select_related("neighbourhood")}
    own = {one.name: one for one in Neighbourhood.objects.filter(name__in=names)}
    return {name: place for name, place in (found | own).items() if place}


def perhaps(matches: Iterable[list[Any]]) -> list[Rumour]:
    """What the engine takes for the same: answered rumours, as [id, score, sure, why] name them."""
    ids = {match[0] for match in matches}
    return list(Rumour.objects.standing().answered().filter(pk__in=ids).order_by("-opened_at")[:3])


def answers(*, at: datetime) -> dict[str, Any]:
    """Of what was entered in the last 24 hours: open, answered, and how long the answer took."""
    lately = Rumour.objects.standing().filter(opened_at__gt=at - DAY)
    pairs = lately.exclude(countered_at=None).values_list("opened_at", "countered_at")
    took = [answered - opened for opened, answered in pairs if answered]
    return {
        "open": lately.filter(countered_at=None).count(),
        "answered": len(took),
        "median": median_low(took) if took else None,
    }


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


def by_hour(rumour: Rumour, *, at: datetime) -> list[int]:
    """How much was seen in each of the last 24 hours, the oldest first."""
    first = at.replace(minute=0, second=0, microsecond=0) - timedelta(hours=23)
    hours = Seen.objects.filter(Q(rumour=rumour) | Q(rumour__into=rumour), hour__gte=first)
    told = dict(hours.order_by().values_list("hour").annotate(n=Sum("count")))
    return [told.get(first + timedelta(hours=hour), 0) for hour in range(24)]


def places_seen(rumour: Rumour) -> list[dict[str, Any]]:
    """The most first."""
    named = sightings(rumour).exclude(place=None).order_by().values("place__name")
    found = named.annotate(n=Sum("count")).order_by("-n", "place__name")[:8]
    return [{"place": row["place__name"], "n": row["n"]} for row in found]


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

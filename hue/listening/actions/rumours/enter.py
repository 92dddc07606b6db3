"""A rumour enters the register, is seen again, and its entry is changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest, Least

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.lib.html import plain
from hue.listening import access
from hue.listening.announce import show_anew
from hue.listening.models import Asked, Rumour, Seen, Sighting
from hue.people import wording
from hue.people.access import Refused
from hue.people.models import Neighbourhood, Officer
from hue.streams.tell import tell

ENTERED = Kind("rumour.entered", "{by} entered a rumour for {place}; harm: {harm}.")
SEEN = Kind("rumour.seen", "{by} noted that it was seen {count} times more: {source}, {place}.")
AMENDED = Kind("rumour.amended", "{by} changed the entry: {what}; version {version}.")
HANDED_OVER = Kind("rumour.handed_over", "{by} made {name} the owner of the rumour.")

# How soon somebody looks at it for the first time, by how much harm it may do.
FIRST_LOOK = {
    "life": timedelta(minutes=15),
    "high": timedelta(hours=1),
    "serious": timedelta(hours=4),
    "low": timedelta(days=1),
}
AMENDABLE = {
    "question": "question",
    "claim": "claim",
    "kind": "kind",
    "harm": "harm",
    "subject": "subject",
}


@dataclass(frozen=True)
class Glimpse:
    """Where something was seen, as a person or the engine tells it; `claim` is the engine's."""

    source: str
    place: Neighbourhood | None = None
    claim: str = ""
    first: datetime | None = None  # None: now
    last: datetime | None = None
    count: int = 1
    accounts: int = 1


@transaction.atomic
def enter(
    *,
    by: Officer,
    at: datetime,
    question: str,
    claim: str,
    harm: str = "low",
    kind: str = "unknown",
    subject: str = "other",
    owner: Officer | None = None,
    places: Sequence[Neighbourhood] = (),
    glimpse: Glimpse | None = None,
    asked: Asked | None = None,
) -> Rumour:
    """In people's words, with an owner and a time by which somebody has looked at it. `asked` is
    the question of the public that it came from."""
    access.may_keep(by)
    question, claim = plain(question), plain(claim)
    access.a_rumour(question, claim)
    first = min(glimpse.first or at, at) if glimpse else at
    rumour = Rumour.objects.create(
        question=question,
        claim=claim,
        harm=harm,
        kind=kind,
        subject=subject,
        owner=owner or by,
        first_seen_at=first,
        opened_at=at,
        next_check_at=at + FIRST_LOOK[harm],
    )
    rumour.places.set(places)
    told = {"place": rumour.place, "harm": rumour.get_harm_display()}
    record(ENTERED, by=by, at=at, subject=rumour, data=told)
    if glimpse:
        see(by=by, at=at, rumour=rumour, glimpse=glimpse)
    if asked:
        asked.move_to("taken_up", rumour=rumour)
    tell("desk", "waiting", {"rumour": rumour.pk}, at=at)
    return rumour


@transaction.atomic
def see(*, by: Officer, at: datetime, rumour: Rumour, glimpse: Glimpse) -> Sighting:
    """Seen again. `count` is how many more since the last time; counts only ever grow."""
    rumour = Rumour.objects.locked(rumour.into or rumour)
    access.may_keep(by)
    if glimpse.count < 1:
        raise Refused("Say how often it was seen: once at least.")
    last = min(glimpse.last or at, at)
    first = min(glimpse.first or last, last)
    sighting, new = Sighting.objects.get_or_create(
        rumour=rumour,
        claim=glimpse.claim,
        source=glimpse.source,
        place=glimpse.place,
        defaults={
            "first_seen_at": first,
            "last_seen_at": last,
            "count": glimpse.count,
            "accounts": glimpse.accounts,
        },
    )
    if not new:
        Sighting.objects.filter(pk=sighting.pk).update(
            count=F("count") + glimpse.count,
            accounts=Greatest(F("accounts"), glimpse.accounts),
            first_seen_at=Least(F("first_seen_at"), first),
            last_seen_at=Greatest(F("last_seen_at"), last),
        )
    _count(rumour, last, glimpse.count)
    Rumour.objects.filter(pk=rumour.pk, first_seen_at__gt=first).update(first_seen_at=first)
    told = {
        "count": glimpse.count,
        "source": sighting.get_source_display(),
        "place": glimpse.place.name if glimpse.place else "no place known",
    }
    record(SEEN, by=by, at=at, subject=rumour, data=told)
    tell("desk", "changed", {"rumour": rumour.pk}, at=at)
    return sighting


@transaction.atomic
def amend(
    *,
    by: Officer,
    at: datetime,
    rumour: Rumour,
    seen: int,
    places: Sequence[Neighbourhood] | None = None,
    **changes: str,
) -> Rumour:
    """Other words or grades for the entry; `changes` are AMENDABLE. Its answer is decided anew."""
    rumour = Rumour.objects.locked(rumour)
    access.may_keep(by)
    access.same_version(rumour, seen)
    access.not_merged(rumour)
    changes = {name: plain(value) for name, value in changes.items() if name in AMENDABLE}
    changed = [name for name, value in changes.items() if getattr(rumour, name) != value]
    if "subject" in changed and rumour.verdicts.exists():
        raise Refused("It was decided already, with this subject: enter a new rumour instead.")
    for name in changed:
        setattr(rumour, name, changes[name])
    access.a_rumour(rumour.question, rumour.claim)
    if rumour.shown_at:
        wording.must_pass(rumour.question, rumour.claim, by=by, at=at)
    what = [AMENDABLE[name] for name in changed]
    if places is not None and {p.pk for p in places} != {p.pk for p in rumour.places.all()}:
        rumour.places.set(places)
        what.append("places")
    if not what:
        return rumour
    rumour.version += 1
    rumour.save(update_fields=[*changed, "version"])
    told = {"what": ", ".join(what), "version": rumour.version}
    record(AMENDED, by=by, at=at, subject=rumour, data=told)
    show_anew(rumour, at=at)
    return rumour


@transaction.atomic
def hand_over(*, by: Officer, at: datetime, rumour: Rumour, owner: Officer) -> Rumour:
    """Somebody else answers for it from now on."""
    rumour = Rumour.objects.locked(rumour)
    access.may_keep(by)
    access.not_merged(rumour)
    access.may_keep(owner)
    rumour.owner = owner
    rumour.save(update_fields=["owner"])
    record(HANDED_OVER, by=by, at=at, subject=rumour, data={"name": str(owner)})
    tell(f"officer/{owner.pk}", "reminder", {"rumour": rumour.pk}, at=at)
    return rumour


def _count(rumour: Rumour, at: datetime, count: int) -> None:
    hour = at.replace(minute=0, second=0, microsecond=0)
    row, new = Seen.objects.get_or_create(rumour=rumour, hour=hour, defaults={"count": count})
    if not new:
        Seen.objects.filter(pk=row.pk).update(count=F("count") + count)

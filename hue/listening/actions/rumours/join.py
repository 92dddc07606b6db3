"""Two entries that say the same become one; one that says two things becomes two."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.lib.html import plain
from hue.listening import access
from hue.listening.actions.rumours.enter import FIRST_LOOK
from hue.listening.announce import show_anew
from hue.listening.models import Rebuttal, Rumour
from hue.people.access import Refused
from hue.people.models import Officer

MERGED = Kind("rumour.merged", "{by} merged it into “{into}”: {why}")
TOOK_IN = Kind("rumour.took_in", "{by} merged “{part}” into it: {why}")
SPLIT = Kind("rumour.split", "{by} split “{part}” off: {why}")
SPLIT_OFF = Kind("rumour.split_off", "{by} split it off “{whole}”: {why}")


@transaction.atomic
def merge(
    *, by: Officer, at: datetime, rumour: Rumour, seen: int, into: Rumour, why: str
) -> Rumour:
    """`rumour` is answered with `into` from now on; its page leads there, its story stays."""
    if rumour.pk == into.pk:
        raise Refused("It cannot be merged into itself: choose another one.")
    first, second = sorted([rumour, into], key=lambda one: one.pk)  # two people at once
    locked = {one.pk: Rumour.objects.locked(one) for one in (first, second)}
    rumour, into, why = locked[rumour.pk], locked[into.pk], plain(why)
    for one in (rumour, into):
        access.may_answer(by, one)
    access.same_version(rumour, seen)
    if not why:
        raise Refused("Say why they are one: it stands in the record.")
    if rumour.subject != into.subject:
        raise Refused("One of them is about the force itself and the other is not: keep both.")
    if rumour.verdicts.filter(state="proposed").exists():
        raise Refused("A verdict waits for its second decider: that one comes first.")
    rumour.move_to("merged", into=into, version=rumour.version + 1)
    Rumour.objects.filter(into=rumour).update(into=into)
    Rebuttal.objects.filter(rumour=rumour).update(rumour=into)
    into.places.add(*rumour.places.all())
    if rumour.first_seen_at < into.first_seen_at:
        into.first_seen_at = rumour.first_seen_at
        into.save(update_fields=["first_seen_at"])
    record(MERGED, by=by, at=at, subject=rumour, data={"into": into.pk, "why": why})
    record(TOOK_IN, by=by, at=at, subject=into, data={"part": rumour.pk, "why": why})
    for one in (rumour, into):
        show_anew(one, at=at)
    return into


@transaction.atomic
def split(
    *,
    by: Officer,
    at: datetime,
    rumour: Rumour,
    seen: int,
    question: str,
    claim: str,
    sightings: Collection[int],
    why: str,
) -> Rumour:
    """A second claim gets an entry of its own, with those of the sightings that were of it."""
    rumour = Rumour.objects.locked(rumour)
    access.may_answer(by, rumour)
    access.same_version(rumour, seen)
    question, claim, why = plain(question), plain(claim), plain(why)
    access.a_rumour(question, claim)
    if not why:
        raise Refused("Say why they are two: it stands in the record.")
    moved = rumour.sightings.filter(pk__in=sightings)
    first = moved.order_by("first_seen_at").first()
    part = Rumour.objects.create(
        question=question,
        claim=claim,
        harm=rumour.harm,
        kind=rumour.kind,
        subject=rumour.subject,
        owner=rumour.owner,
        first_seen_at=first.first_seen_at if first else at,
        opened_at=at,
        next_check_at=at + FIRST_LOOK[rumour.harm],
        split_from=rumour,
    )
    part.places.set(rumour.places.all())
    moved.update(rumour=part)
    Rumour.objects.filter(pk=rumour.pk).update(version=rumour.version + 1)
    record(SPLIT, by=by, at=at, subject=rumour, data={"part": part.pk, "why": why})
    record(SPLIT_OFF, by=by, at=at, subject=part, data={"whole": rumour.pk, "why": why})
    for one in (rumour, part):
        show_anew(one, at=at)
    return part

"""A live event from its charter to its end."""

from datetime import datetime
from typing import Any

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.events import access
from hue.events.models import GuestPass, LiveEvent
from hue.jobs import queue
from hue.lib.html import plain
from hue.pages import stale
from hue.people import wording
from hue.people.access import Refused, require
from hue.people.models import LocalPolicingUnit, Officer
from hue.people.roles import Permission
from hue.streams.tell import tell

PLANNED = Kind("event.planned", "{by} planned the live event #{hashtag}.")
MOVED = Kind("event.moved", "{by} moved the live event #{hashtag} to {state}.")
AMENDED = Kind("event.amended", "{by} changed the charter of #{hashtag}: {what}.")
GUEST_ADMITTED = Kind("event.guest", "{by} invited {guest} to #{hashtag} for some hours.")
PASS_REVOKED = Kind("event.pass_revoked", "{by} took back the pass of {guest} for #{hashtag}.")
AMENDABLE = {
    "name": "name",
    "unit": "unit",
    "purpose": "purpose",
    "introduction": "introduction",
    "afterwards": "what happens after",
    "owner": "owner",
    "starts_at": "start",
    "ends_at": "end",
}
PUBLIC_WORDS = frozenset({"name", "purpose", "introduction", "afterwards"})


@transaction.atomic
def plan(
    *,
    by: Officer,
    at: datetime,
    hashtag: str,
    name: str,
    unit: LocalPolicingUnit,
    purpose: str,
    afterwards: str,
    starts_at: datetime,
    ends_at: datetime,
    owner: Officer | None = None,
    introduction: str = "",
) -> LiveEvent:
    require(by, Permission.PLAN_EVENTS)
    access.ends_after_it_starts(starts_at, ends_at)
    tag = access.hashtag_that_works(hashtag)
    if LiveEvent.objects.filter(hashtag=tag).exists():
        raise Refused(f"#{tag} was used before: its page stays, so this event needs another.")
    wording.must_pass(name, purpose, introduction, afterwards, by=by, at=at)
    event = LiveEvent.objects.create(
        hashtag=tag,
        name=_one_line(name),
        unit=unit,
        purpose=plain(purpose),
        introduction=plain(introduction),
        afterwards=plain(afterwards),
        owner=owner or by,
        starts_at=starts_at,
        ends_at=ends_at,
    )
    record(PLANNED, by=by, at=at, subject=event, data={"hashtag": event.hashtag})
    _changed(event, at)
    return event


@transaction.atomic
def amend(*, by: Officer, at: datetime, event: LiveEvent, **changes: Any) -> LiveEvent:
    """Change the charter while nothing has begun; the hashtag is on posters and stays."""
    require(by, Permission.PLAN_EVENTS)
    event = LiveEvent.objects.select_for_update().get(pk=event.pk)
    if event.state != "planned":
        raise Refused("The charter of an event that has begun stays as it was.")
    changes = {
        name: _one_line(told) if name == "name" else plain(told) if isinstance(told, str) else told
        for name, told in changes.items()
    }
    changed = [name for name in changes if getattr(event, name) != changes[name]]
    wording.must_pass(*(changes[name] for name in changed if name in PUBLIC_WORDS), by=by, at=at)
    for name in changed:
        setattr(event, name, changes[name])
    access.ends_after_it_starts(event.starts_at, event.ends_at)
    if changed:
        event.save(update_fields=changed)
        told = {"hashtag": event.hashtag, "what": ", ".join(AMENDABLE[name] for name in changed)}
        record(AMENDED, by=by, at=at, subject=event, data=told)
        _changed(event, at)
    return event


@transaction.atomic
def move(*, by: Officer, at: datetime, event: LiveEvent, state: str) -> None:
    """Start, close, end or cancel it; early, if so: its hours are then those it really had."""
    require(by, Permission.PLAN_EVENTS)
    if state == "live" and event.state == "planned" and at < event.starts_at:
        event.move_to(state, starts_at=at)
    elif state == "closing" and event.starts_at < at < event.ends_at:
        event.move_to(state, ends_at=at)
    else:
        event.move_to(state)
    record(MOVED, by=by, at=at, subject=event, data={"hashtag": event.hashtag, "state": state})
    tell(f"event/{event.hashtag}", "state", {"state": state}, at=at)
    _changed(event, at)


@transaction.atomic
def admit_guest(
    *,
    by: Officer,
    at: datetime,
    event: LiveEvent,
    guest: Officer,
    starts_at: datetime,
    ends_at: datetime,
) -> GuestPass:
    require(by, Permission.INVITE_GUESTS)
    if "guest" not in guest.roles:
        raise Refused("Only somebody whose role is guest needs a pass.")
    access.hours_of_a_guest(event, starts_at, ends_at)
    admitted = GuestPass.objects.create(
        event=event, officer=guest, host=by, starts_at=starts_at, ends_at=ends_at
    )
    told = {"guest": str(guest), "hashtag": event.hashtag}
    record(GUEST_ADMITTED, by=by, at=at, subject=event, data=told)
    return admitted


@transaction.atomic
def revoke_pass(*, by: Officer, at: datetime, admitted: GuestPass) -> None:
    """From now on this guest posts nothing more in the event."""
    require(by, Permission.INVITE_GUESTS)
    if GuestPass.objects.filter(pk=admitted.pk, revoked_at=None).update(revoked_at=at):
        event = admitted.event
        told = {"guest": str(admitted.officer), "hashtag": event.hashtag}
        record(PASS_REVOKED, by=by, at=at, subject=event, data=told)


def _one_line(name: str) -> str:
    return " ".join(plain(name).split())


def _changed(event: LiveEvent, at: datetime) -> None:
    tag, lists = event.hashtag, [("publishing.home", ""), ("publishing.events", "")]
    stale.mark(("publishing.event", tag), ("events.poster", tag), *lists, at=at)
    queue.defer("fediverse.profiles", once="fediverse.profiles")

"""What somebody does about their own messages, by a link that only they have."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.people.access import Refused
from hue.people.models import Officer
from hue.subscribers import access
from hue.subscribers.choices import WHYS
from hue.subscribers.choosing import Wish, open_lists, settle
from hue.subscribers.models import Leaving, Subscriber

CHANGED = Kind("watch.changed", "Somebody changed what they read by {way}.")
LEFT = Kind("watch.left", "Somebody ended their watch messages by {way}.")
BOUNCED = Kind("watch.bounced", "An address for messages by {way} is not there any more.")
ERASED = Kind("watch.erased", "Somebody had everything erased that was kept of their messages.")


@transaction.atomic
def change(*, by: Officer, at: datetime, row: Subscriber, wish: Wish) -> None:
    access.require_the_software(by)
    row = _held(row)
    settle(row, wish)
    row.save()
    open_lists(row, at=at)
    record(CHANGED, by=by, at=at, subject=row, data={"way": row.get_via_display()})


@transaction.atomic
def leave(*, by: Officer, at: datetime, row: Subscriber) -> None:
    """One tap. The address goes at once; the row stays some weeks, so that they may say why."""
    access.require_the_software(by)
    row = _held(row)
    if row.state == "left":
        return
    record(LEFT, by=by, at=at, subject=row, data={"way": row.get_via_display()})
    _go(row, at, "")


@transaction.atomic
def bounce(*, by: Officer, at: datetime, row: Subscriber) -> None:
    """Its server says that there is nobody."""
    access.require_the_software(by)
    row = _held(row)
    if row.state != "reading":
        return
    record(BOUNCED, by=by, at=at, subject=row, data={"way": row.get_via_display()})
    _go(row, at, "gone")


@transaction.atomic
def say_why(*, by: Officer, at: datetime, row: Subscriber, why: str) -> None:
    """Once; counted on the day they left."""
    access.require_the_software(by)
    row = _held(row)
    if why not in WHYS:
        raise Refused("Choose one of the reasons.")
    if row.state != "left" or row.why or row.left_at is None:
        return
    day = row.left_at.date()
    Leaving.objects.filter(day=day, via=row.via, why="").update(count=F("count") - 1)
    _count(day, row.via, why)
    row.why = why
    row.save(update_fields=["why"])
    record(CHANGED, by=by, at=at, subject=row, data={"way": row.get_via_display()})


@transaction.atomic
def erase(*, by: Officer, at: datetime, row: Subscriber) -> None:
    """All of it, and at once; asked for by themselves."""
    access.require_the_software(by)
    record(ERASED, by=by, at=at, subject=f"subscriber:{row.pk}")
    Subscriber.objects.filter(pk=row.pk).delete()


def _held(row: Subscriber) -> Subscriber:
    found = Subscriber.objects.select_for_update().filter(pk=row.pk).first()
    if found is None:
        raise Refused("Nothing is kept of you here any more.")
    return found


def _go(row: Subscriber, at: datetime, why: str) -> None:
    if row.state == "asked":  # they never said yes: nothing of them is worth keeping
        row.delete()
        return
    row.move_to("left", left_at=at, sealed="", known=None, pending={}, greet_at=None, why=why)
    _count(at.date(), row.via, why)


def _count(day: date, via: str, why: str) -> None:
    found, _ = Leaving.objects.get_or_create(day=day, via=via, why=why)
    Leaving.objects.filter(pk=found.pk).update(count=F("count") + 1)

"""What staff do: erase who asks at a counter, mark volunteers, answer for a list."""

from datetime import datetime

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.people.access import Refused
from hue.people.models import Officer
from hue.subscribers import access, addresses
from hue.subscribers.models import Subscriber, WatchList

MARKED = Kind("watch.volunteer", "{by} noted that a reader {what}.")
ERASED_FOR = Kind("watch.erased_for", "{by} erased a reader who asked the desk to.")
AMENDED = Kind("watch.charter", "{by} changed the charter of the list {list}: {what}.")


@transaction.atomic
def erase_for(*, by: Officer, at: datetime, via: str, address: str) -> None:
    """Who stands at the counter names the address; there is no list of addresses to choose from."""
    access.may_look_after(by)
    row = _named(via, address)
    record(ERASED_FOR, by=by, at=at, subject=row)
    row.delete()


@transaction.atomic
def mark_volunteer(
    *, by: Officer, at: datetime, via: str, address: str, forwards: bool = True
) -> None:
    """Neighbourhood Watch, key contacts: they pass on what they get, and hear before an event."""
    access.may_look_after(by)
    row = _named(via, address)
    if row.state != "reading":
        raise Refused("That address does not read anything yet: ask them to confirm first.")
    Subscriber.objects.filter(pk=row.pk).update(forwards=forwards)
    what = "passes messages on" if forwards else "no longer passes messages on"
    record(MARKED, by=by, at=at, subject=row, data={"what": what})


@transaction.atomic
def amend_list(
    *, by: Officer, at: datetime, row: WatchList, owner: Officer | None, silent_days: int
) -> None:
    access.may_look_after(by)
    if not 1 <= silent_days <= 365:
        raise Refused("Say a number of days between 1 and 365.")
    WatchList.objects.filter(pk=row.pk).update(owner=owner, silent_days=silent_days)
    who = str(owner) if owner else "nobody"
    told = {"list": str(row), "what": f"{who} answers for it, {silent_days} days"}
    record(AMENDED, by=by, at=at, subject=row, data=told)


def _named(via: str, address: str) -> Subscriber:
    known = addresses.known_by(via, addresses.in_one_form(via, address))
    row = Subscriber.objects.filter(known=known).first()
    if row is None:
        raise Refused("Nobody reads here under that address.")
    return row

"""Whether an event may be as it is planned, and who may post in it."""

import re
from datetime import datetime, timedelta

from hue.events.models import GuestPass, LiveEvent
from hue.people.access import Refused
from hue.people.models import Officer

LONGEST_PASS = timedelta(hours=24)


def require_pass(officer: Officer, event: LiveEvent | None, *, at: datetime) -> None:
    """A guest posts in the event they were invited to, in the hours of their pass."""
    if "guest" not in officer.roles:
        return
    passes = GuestPass.objects.valid(at=at).filter(officer=officer)
    if event is None or not passes.filter(event=event).exists():
        raise Refused("Your guest pass is for another event or another hour: ask your host.")


def hashtag_that_works(hashtag: str) -> str:
    """As networks take it and people say it: a letter first, then letters and figures."""
    tag = hashtag.strip().lower().lstrip("#")
    if not re.fullmatch(r"[a-z][a-z0-9]{2,29}", tag):
        raise Refused("A hashtag has 3 to 30 letters and figures, a letter first: “bsp24”.")
    return tag


def ends_after_it_starts(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise Refused("The event must end after it starts.")


def hours_of_a_guest(event: LiveEvent, starts_at: datetime, ends_at: datetime) -> None:
    """Some hours, inside the event."""
    if ends_at <= starts_at:
        raise Refused("The pass must end after it starts.")
    if ends_at - starts_at > LONGEST_PASS:
        raise Refused("A guest is invited for hours, not days: 24 at most.")
    if ends_at <= event.starts_at or starts_at >= event.ends_at:
        raise Refused("These hours lie outside the event.")

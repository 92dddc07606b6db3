"""Who may, in words; and how much a stranger may ask for."""

from datetime import datetime, timedelta

from hue.people.access import Refused, require
from hue.people.models import Officer
from hue.people.roles import Permission
from hue.subscribers.models import Source, Subscriber

GREETINGS = 2  # to one address within a week: more is somebody else's doing
FROM_ONE_PLACE = 6  # addresses asked for in an hour
WRONG_CODES = 5


def require_the_software(by: Officer) -> None:
    """What residents choose is theirs: nobody at the desk chooses for them."""
    if by.record_role != "system":
        raise Refused("Residents choose for themselves: give them the page “Watch messages”.")


def may_look_after(by: Officer) -> None:
    require(by, Permission.KEEP_SUBSCRIBERS)


def may_be_greeted(row: Subscriber, source: str, *, at: datetime) -> bool:
    """Held without a word otherwise: the answer on the page is the same."""
    lately = Source.objects.filter(hash=source, at__gt=at - timedelta(hours=1)).count()
    fresh = row.greeted_since is None or row.greeted_since <= at - timedelta(days=7)
    return lately <= FROM_ONE_PLACE and (fresh or row.greeted < GREETINGS)


def may_confirm(row: Subscriber, *, at: datetime) -> None:
    if not row.pending or row.wrong_codes >= WRONG_CODES:
        raise Refused("Nothing waits to be confirmed: ask again at “Watch messages”.")
    if row.asked_at <= at - timedelta(days=3):
        raise Refused("That was more than three days ago: ask again at “Watch messages”.")

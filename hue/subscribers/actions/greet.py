"""Asking back: the room that sends says that it is about to, and that it could not."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import F

from hue.people.models import Officer
from hue.subscribers import access, links
from hue.subscribers.models import Subscriber


class Greeting(NamedTuple):
    row: Subscriber
    to: str  # the address, open
    link: str  # from the slash
    known: bool  # they read already: this asks whether the new choices are theirs
    moved: str = ""  # they asked that force: this tells that the messages come from us


@transaction.atomic
def greet(*, by: Officer, at: datetime, row: Subscriber, code: str) -> Greeting | None:
    """Claimed before it is sent: whoever dies in the middle has asked somebody once, not twice."""
    access.require_the_software(by)
    rows = Subscriber.objects.select_for_update(skip_locked=True)
    mine = rows.filter(pk=row.pk, greet_at__lte=at).first()
    if mine is None:
        return None
    week_over = mine.greeted_since is None or mine.greeted_since <= at - timedelta(days=7)
    mine.greeted = 1 if week_over else mine.greeted + 1
    mine.greeted_since = at if week_over else mine.greeted_since
    mine.greet_at = None
    mine.code = links.code_of(mine, code) if mine.via == "sms" else ""
    mine.save()
    link = f"/my-watch/yes/{links.to_confirm(mine)}/"
    moved = "" if mine.pending else mine.moved_from
    return Greeting(mine, mine.address(), link, mine.state == "reading", moved)


@transaction.atomic
def put_back(*, by: Officer, at: datetime, row: Subscriber) -> None:
    """It certainly did not arrive: it is tried again at that time."""
    access.require_the_software(by)
    Subscriber.objects.filter(pk=row.pk).update(greet_at=at, greeted=F("greeted") - 1)

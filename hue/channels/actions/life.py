"""An account opens, runs out with its last post, and closes for good."""

from datetime import datetime

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.channels import access
from hue.channels.holding import held, show
from hue.channels.models import LAST, Account, Delivery, Piece
from hue.jobs import queue
from hue.lib.html import plain
from hue.pages.alarms import end_alarm
from hue.people import wording
from hue.people.access import Refused
from hue.people.models import Officer

MOVED = Kind("account.moved", "{by} moved {account} to {state}.")
RAN_OUT = Kind("account.ran_out", "{by} let {account} run out. {words}")
CLOSED = Kind("account.closed", "{by} closed {account}; its key is destroyed. {words}")
SHUT = "The account was closed before this was done: look there, and do it by hand."
ALARMS = ("", " key", " silent", " owner")


@transaction.atomic
def move(*, by: Officer, at: datetime, account: Account, state: str) -> None:
    """Open it, or open it again."""
    account = held(account)
    if state != "open":
        raise Refused("Let it run out with its last post, then close it.")
    if account.state == "planned":
        access.may_open(by, account)
        account.move_to("open", opened_at=at)
    else:
        access.may_connect(by)
        account.move_to("open")
    told = {"account": str(account), "state": state}
    record(MOVED, by=by, at=at, subject=account, data=told)
    show(at)


@transaction.atomic
def run_out(*, by: Officer, at: datetime, account: Account, words: str = "") -> None:
    """Nothing new goes there but its last post: where people find us from now on."""
    access.may_connect(by)
    account, words = held(account), plain(words)
    access.may_say_last(account, words)
    wording.must_pass(words, by=by, at=at)
    account.move_to("closing", last_words=words)
    if words:
        _say_last(account, words, at)
    record(RAN_OUT, by=by, at=at, subject=account, data={"account": str(account), "words": words})
    show(at)


@transaction.atomic
def close(*, by: Officer, at: datetime, account: Account, words: str = "") -> None:
    """For good: its key is gone, and the public list says since when. `words` where its last post
    was written there by hand."""
    access.may_connect(by)
    account = held(account)
    words = plain(words) or account.last_words
    wording.must_pass(words, by=by, at=at)
    account.move_to("closed", closed_at=at, secrets="", last_words=words, expires_at=None)
    _leave_nothing_waiting(account, at)
    for slug in ALARMS:
        end_alarm(f"channel {account.pk}{slug}", at=at)
    told = {"account": str(account), "words": words}
    record(CLOSED, by=by, at=at, subject=account, data=told)
    show(at)


def _say_last(account: Account, words: str, at: datetime) -> None:
    piece = Piece.objects.create(
        ref=f"{LAST}{account.pk}-{at:%Y%m%d%H%M%S}",
        address="/channels/",
        text=words,
        at=at,
        put_at=at,
    )
    Delivery.objects.create(piece=piece, account=account, since=at, due_at=at)
    queue.defer("channels.send", once="channels.send", priority=queue.URGENT)


def _leave_nothing_waiting(account: Account, at: datetime) -> None:
    """What was on its way there is a person's turn, if anything of it stands there."""
    waiting = account.deliveries.filter(state__in=["due", "sending", "withdrawing"])
    nothing_there = {"state": "due", "references": [], "doubt": False}
    waiting.filter(**nothing_there).update(state="withdrawn", since=at, says="")
    waiting.update(state="failed", since=at, says=SHUT)

"""One row on its way: claimed before the network is called, settled by what came of it."""

import random
from datetime import datetime, timedelta

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.channels import access
from hue.channels.actions.hear import FIRST_ASKED
from hue.channels.calling import Trouble
from hue.channels.message import Sent
from hue.channels.models import Account, Delivery
from hue.channels.networks import NETWORKS
from hue.jobs import queue
from hue.people.models import Officer
from hue.streams.tell import tell

SENT = Kind("channel.sent", "{by} sent a post to {account}.")
CHANGED = Kind("channel.changed", "{by} changed a post on {account} to its new words.")
WITHDREW = Kind("channel.withdrew", "{by} took a post away from {account}.")
FAILED = Kind("channel.failed", "{by} could not bring a post to {account}: {why}")
UNSURE = Kind("channel.unsure", "{by} does not know whether a post reached {account}: {why}")
LEASE = timedelta(minutes=3)  # longer than any attempt takes
LONGEST_PAUSE = 2 * 3600.0
URGENT_PAUSE = 120.0  # of a withdrawal or an alert
MOST_TRIES = 30  # about two days


@transaction.atomic
def claim(*, by: Officer, at: datetime, delivery: Delivery) -> Delivery | None:
    """Ours for some minutes; None: another worker was faster. Lost ones are in doubt from now."""
    access.require_the_software(by)
    row = Delivery.objects.select_for_update(skip_locked=True, of=("self",))
    found = row.select_related("account", "piece__parent").filter(pk=delivery.pk)
    mine = found.filter(due_at__lte=at, state__in=["due", "sending", "withdrawing"]).first()
    if mine is None:
        return None
    if mine.state == "sending":
        mine.move_to("due", doubt=True)
    if mine.state == "due" and mine.piece.gone_at is not None:
        if not (mine.references or mine.doubt):
            mine.move_to("withdrawn", since=at)
            return None
        mine.move_to("withdrawing", since=at)
    elif mine.state == "due":
        mine.move_to("sending")
    mine.due_at, mine.tries = at + LEASE, mine.tries + 1
    mine.save(update_fields=["due_at", "tries"])
    return mine


@transaction.atomic
def settle(*, by: Officer, at: datetime, delivery: Delivery, sent: Sent, version: int) -> None:
    """It is there, in these words. What happened to the post meanwhile is the next thing to do."""
    access.require_the_software(by)
    row = _held(delivery)
    known = bool(row.version)
    row.move_to(
        "sent",
        since=at,
        references=list(sent.references),
        link=sent.link or row.link,
        version=version,
        doubt=False,
        says="",
        tries=0,
        ask_at=at + FIRST_ASKED if NETWORKS[row.account.network].can.receive else None,
    )
    if known:
        _leave(CHANGED, by, at, row)
    else:
        _leave(SENT, by, at, row)
        Account.objects.filter(pk=row.account_id).update(said_at=at)
    if row.piece.gone_at is not None:
        row.move_to("withdrawing", due_at=at)
    elif row.piece.version > version:
        row.move_to("due", due_at=at)
    else:
        return
    queue.defer("channels.send", once="channels.send")


@transaction.atomic
def settle_gone(*, by: Officer, at: datetime, delivery: Delivery) -> None:
    access.require_the_software(by)
    row = _held(delivery)
    row.move_to("withdrawn", since=at, says="", doubt=False)
    _leave(WITHDREW, by, at, row)


@transaction.atomic
def settle_trouble(*, by: Officer, at: datetime, delivery: Delivery, trouble: Trouble) -> None:
    """Later again, or a person's turn."""
    access.require_the_software(by)
    row = _held(delivery)
    if trouble.there:
        row.references = list(trouble.there)
        row.save(update_fields=["references"])
    can = NETWORKS[row.account.network].can
    row.doubt = row.doubt or (trouble.unsure and row.state == "sending")
    longest = URGENT_PAUSE if _is_urgent(row) else LONGEST_PAUSE
    if trouble.again:
        pause = min(trouble.again, longest) if _is_urgent(row) else trouble.again
        _later(row, at + timedelta(seconds=pause), str(trouble), tries=row.tries - 1)
    elif row.state == "sending" and row.doubt and not (can.asked or can.repeats):
        _stuck(by, at, row, f"{trouble} It may be there: look, then say.", unsure=True)
    elif trouble.final or row.tries >= MOST_TRIES:
        _stuck(by, at, row, str(trouble), unsure=False)
    else:
        _later(row, at + _pause(row.tries, longest), str(trouble), tries=row.tries)


def _is_urgent(row: Delivery) -> bool:
    return row.state == "withdrawing" or row.piece.urgent


def _pause(tries: int, longest: float) -> timedelta:
    """Twice as long each time, up to the longest; never to the second, so that not all come at
    once."""
    seconds = min(longest, 15.0 * 2 ** min(tries - 1, 20))
    return timedelta(seconds=seconds * random.uniform(0.8, 1.2))  # noqa: S311  no secret


def _later(row: Delivery, due_at: datetime, says: str, *, tries: int) -> None:
    told = {"due_at": due_at, "says": says, "tries": tries, "doubt": row.doubt}
    if row.state == "sending":
        row.move_to("due", **told)
    else:
        Delivery.objects.filter(pk=row.pk).update(**told)


def _stuck(by: Officer, at: datetime, row: Delivery, says: str, *, unsure: bool) -> None:
    """A person's turn."""
    row.move_to("unsure" if unsure else "failed", since=at, says=says, doubt=row.doubt)
    if unsure:
        _leave(UNSURE, by, at, row)
    else:
        _leave(FAILED, by, at, row)
    tell("desk", "waiting", {"delivery": row.pk}, at=at)


def _leave(kind: Kind, by: Officer, at: datetime, row: Delivery) -> None:
    told = {"account": str(row.account), "why": row.says}
    record(kind, by=by, at=at, subject=f"post:{row.piece.ref}", data=told)


def _held(delivery: Delivery) -> Delivery:
    rows = Delivery.objects.select_for_update(of=("self", "piece"))
    return rows.select_related("account", "piece").get(pk=delivery.pk)

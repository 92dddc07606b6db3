"""What a named person says of a delivery that is stuck."""

from datetime import datetime

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.channels import access
from hue.channels.actions.copies import decide_copies
from hue.channels.models import REACHABLE, Delivery
from hue.channels.networks import NETWORKS
from hue.jobs import queue
from hue.lib.html import plain
from hue.people.access import Refused
from hue.people.models import Officer

DECIDED = Kind("channel.decided", "{by} decided about a post on {account}: {what}.")
SAYS = {
    "again": "it is tried again",
    "there": "it is there",
    "gone": "it is not there",
    "leave": "it is left as it is",
}


@transaction.atomic
def decide(*, by: Officer, at: datetime, delivery: Delivery, verb: str, link: str = "") -> Delivery:
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("account", "piece")
    row = rows.get(pk=delivery.pk)
    access.may_decide(by, row)
    if NETWORKS[row.account.network].can.readers:
        decide_copies(by=by, at=at, delivery=row, verb=verb)
    if verb == "again":
        _again(row, at)
    elif verb == "there":
        _there(row, at, plain(link))
    elif verb == "gone":
        row.move_to("withdrawn", since=at, says="", doubt=False)
    else:
        row.move_to("dropped", since=at)
    told = {"account": str(row.account), "what": SAYS[verb]}
    record(DECIDED, by=by, at=at, subject=f"post:{row.piece.ref}", data=told)
    return row


def _again(row: Delivery, at: datetime) -> None:
    """Whoever says so has looked: nothing is in doubt any more."""
    if row.account.state not in REACHABLE:
        raise Refused("That account is closed: nothing goes there.")
    if row.piece.gone_at is not None:
        can = NETWORKS[row.account.network].can
        if not (row.references or can.asked or can.repeats):
            raise Refused("Say first that it is there, with its address: then it is taken away.")
        row.move_to("withdrawing", since=at, due_at=at, tries=0, doubt=not row.references)
    else:
        row.move_to("due", since=at, due_at=at, tries=0, doubt=False, says="")
    queue.defer("channels.send", once="channels.send")


def _there(row: Delivery, at: datetime, link: str) -> None:
    """With its address there, so that it can be found again: to withdraw it, to follow it up."""
    if not link.startswith("https://") and not NETWORKS[row.account.network].can.readers:
        raise Refused("Give its address there, from https:// on: without it nobody finds it again.")
    reference = link.rstrip("/").rsplit("/", 1)[-1]
    row.move_to(
        "sent",
        since=at,
        references=[reference] if link else row.references,
        link=link[:500],
        version=row.piece.version,
        doubt=False,
        says="",
    )
    if row.piece.gone_at is not None:
        row.move_to("withdrawing", due_at=at, tries=0)
        queue.defer("channels.send", once="channels.send")

"""One look at what came of what we said on one account: within a budget, and the quieter it is
there the more seldom."""

from datetime import datetime, timedelta
from decimal import Decimal

from hue.channels import access, actions
from hue.channels.calling import Trouble, understood
from hue.channels.connector import Connector
from hue.channels.heard import Known
from hue.channels.models import Account, Day, Delivery
from hue.channels.networks import NETWORKS
from hue.channels.queries import said_so_far, spent_in
from hue.channels.sending import host_is_shut, host_of, note_call, open_door
from hue.people import queries as people

AT_ONCE = 100
LEFT_FOR_SENDING = 30  # calls that the network still takes
PAUSE = timedelta(minutes=30)
LONG_PAUSE = timedelta(days=1)


def receive(account: Account, *, at: datetime) -> None:
    network = NETWORKS[account.network]
    rows = _asked_about(network, account, at)
    if not rows or not _may_be_called(account, at):
        return
    known = [_known(row, at) for row in rows]
    by, door = people.system(), open_door(network, account)
    trouble, dollars = None, Decimal(0)
    try:
        _must_pay(network, account, known, at)
        with understood(network.name):
            heard = network.receive(door, known, account.cursor)
        paid = bool(network.can.read_cost)
        dollars = network.can.read_cost * heard.read
        actions.hear(by=by, at=at, account=account, rows=rows, heard=heard, paid=paid)
    except Trouble as caught:
        trouble = caught
        pause = max(PAUSE, timedelta(seconds=caught.again))
        until = at + (LONG_PAUSE if caught.final else pause)
        actions.note_deaf(by=by, at=at, account=account, why=str(caught), until=until)
    if trouble is None or trouble.signed_out:
        note_call(account, door.line, trouble, dollars, at=at)


def count_followers(account: Account, *, at: datetime, day: Day) -> None:
    """With what came of all we said there, as far as it is known."""
    network = NETWORKS[account.network]
    door = open_door(network, account)
    dollars = network.can.read_cost
    if access.can_still_pay(account, spent_in(account, at), dollars):
        return
    try:
        with understood(network.name):
            day.followers = network.followers(door)
    except Trouble:
        return  # within the hour once more
    for name, value in said_so_far(account).items():
        setattr(day, name, value)
    actions.count(by=people.system(), at=at, day=day)
    note_call(account, door.line, None, dollars if door.line.calls else Decimal(0), at=at)


def _asked_about(network: Connector, account: Account, at: datetime) -> list[Delivery]:
    """A stream tells of all of them at once."""
    mine = account.deliveries.select_related("piece")
    due = list(mine.to_hear(at=at)[:AT_ONCE])
    if not due or not network.can.stream:
        return due
    others = mine.recent(at=at).filter(state="sent").exclude(pk__in=[row.pk for row in due])
    return [*due, *others.order_by("-piece__at")[: AT_ONCE * 10]]


def _known(row: Delivery, at: datetime) -> Known:
    answers = tuple(row.replies.values_list("address", flat=True))
    due = row.ask_at is not None and row.ask_at <= at
    return Known(tuple(row.references), answers, due)


def _may_be_called(account: Account, at: datetime) -> bool:
    resets, left = account.quota_resets_at, account.quota_left
    scarce = left is not None and left < LEFT_FOR_SENDING and resets is not None and resets > at
    return not scarce and not host_is_shut(host_of(account), at)


def _must_pay(network: Connector, account: Account, known: list[Known], at: datetime) -> None:
    """For what is looked at again, and one that is new."""
    posts = 1 + sum(1 + len(one.answers) for one in known if one.due)
    price = network.can.read_cost * posts
    if why := access.can_still_pay(account, spent_in(account, at), price):
        raise Trouble(why, final=True)

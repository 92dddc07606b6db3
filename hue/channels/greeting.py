"""Asking an address whether it wants what somebody asked for in its name."""

import logging
import secrets
from datetime import datetime, timedelta

from hue.channels import access, letters, sending
from hue.channels import actions as channels
from hue.channels.calling import Trouble, understood
from hue.channels.copies import reader_of
from hue.channels.letter import Hands, Letter, ListConnector
from hue.channels.models import Account
from hue.channels.networks import LISTS
from hue.channels.queries import spent_in
from hue.people.queries import system, the_force
from hue.subscribers import actions
from hue.subscribers.models import Subscriber

log = logging.getLogger(__name__)
AGAIN = timedelta(minutes=2)


def greet_all(*, at: datetime) -> None:
    """Over one connection for each way that is open."""
    if the_force().demonstration:
        return
    for account in Account.objects.open().filter(network__in=LISTS):
        network = LISTS[account.network]
        rows = list(Subscriber.objects.to_greet(at=at).filter(via=network.via)[:200])
        if rows:
            _greet(network, account, rows, at)


def _greet(network: ListConnector, account: Account, rows: list[Subscriber], at: datetime) -> None:
    if why := access.can_still_pay(account, spent_in(account, at), network.can.cost * len(rows)):
        log.warning("greetings by %s wait: %s", account.network, why)
        return
    try:
        with network.open(sending.open_door(network, account)) as hands:
            for row in rows:
                _ask(network, account, hands, row, at)
    except Trouble as trouble:
        log.warning("greetings by %s wait: %s", account.network, trouble)


def _ask(
    network: ListConnector, account: Account, hands: Hands, row: Subscriber, at: datetime
) -> None:
    """Where it may have arrived it is not asked again: they can ask once more themselves."""
    code = f"{secrets.randbelow(10**6):06d}" if network.codes else ""
    told = actions.greet(by=system(), at=at, row=row, code=code)
    if told is None:
        return
    channels.note_spent(by=system(), at=at, account=account, dollars=network.can.cost)
    letter = _letter(account, told, code)
    try:
        with understood(network.name):
            hands.hand(letter, reader_of(told.row, f"yes.{row.pk}.{told.row.greeted}"))
    except Trouble as trouble:
        if not (trouble.unsure or trouble.final):
            actions.put_back(by=system(), at=at + AGAIN, row=row)
            raise


def _letter(account: Account, told: actions.Greeting, code: str) -> Letter:
    if told.moved:
        return letters.moved(account, told.moved, neutral=told.row.safe)
    neutral = bool(told.row.pending.get("safe"))
    return letters.greeting(told.link, known=told.known, neutral=neutral, code=code)

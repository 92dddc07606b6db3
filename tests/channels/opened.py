"""An account that is open, and a worker's round."""

from datetime import datetime
from typing import Any

from hue.channels import actions, sending
from hue.channels.actions.account import Charter
from hue.channels.message import Fact
from hue.channels.models import Account
from hue.people.models import Officer
from hue.publishing import actions as publishing
from hue.publishing.actions.compose import Draft
from hue.publishing.models import Post
from tests.cast import NOON, Cast

NIGHT = "We do not read this at night. Emergency: 999. Not an emergency: 101."


def opened(
    cast: Cast, owner: Officer, network: str, address: str, secrets: dict[str, str], **also: Any
) -> Account:
    """Connected by communications, opened by the information asset owner."""
    charter = Charter("News of South.", cast.comms, "8 to 20", NIGHT, **also)
    account = actions.connect(
        by=cast.comms,
        at=NOON,
        network=network,
        address=address,
        secrets=secrets,
        fact=Fact("@testpolice", f"{address}/@testpolice"),
        charter=charter,
    )
    actions.move(by=owner, at=NOON, account=account, state="open")
    account.refresh_from_db()
    return account


def say(cast: Cast, text: str, **also: Any) -> Post:
    return publishing.compose(by=cast.officer, at=NOON, draft=Draft(text, **also))


def work(*, at: datetime = NOON) -> None:
    """Everything that is due, as the worker does it."""
    for account in Account.objects.reachable():
        sending.deliver(account, at=at)

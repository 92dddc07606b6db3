"""Who answers for an account, and who does when they have left."""

from datetime import datetime

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.channels import access
from hue.channels.holding import held
from hue.channels.models import Account
from hue.pages.alarms import end_alarm
from hue.people.access import Refused
from hue.people.models import Officer

HANDED = Kind("account.handed_over", "{by} handed {account} over to {owner}.")
DEPUTY = Kind("account.deputy", "{by} named {deputy} as the next who answers for {account}.")


@transaction.atomic
def hand_over(
    *, by: Officer, at: datetime, account: Account, owner: Officer, deputy: Officer | None = None
) -> None:
    """Somebody else answers for it from now on, and somebody after them."""
    access.may_connect(by)
    account = held(account)
    if deputy is not None and deputy.pk == owner.pk:
        raise Refused("Name somebody else as the next: one person cannot follow themselves.")
    if owner.pk != account.owner.pk:
        _give(account, owner, by=by, at=at)
    if deputy is not None and deputy.pk != account.deputy_id:
        told = {"account": str(account), "deputy": str(deputy)}
        record(DEPUTY, by=by, at=at, subject=account, data=told)
    account.deputy = deputy
    account.save(update_fields=["owner", "deputy"])


@transaction.atomic
def succeed(*, by: Officer, at: datetime, account: Account) -> None:
    """The owner has left: who was named answers for it."""
    access.require_the_software(by)
    account = held(account)
    if account.deputy is None or account.owner.left_at is None:
        return  # somebody was faster
    _give(account, account.deputy, by=by, at=at)
    account.deputy = None
    account.save(update_fields=["owner", "deputy"])


def _give(account: Account, owner: Officer, *, by: Officer, at: datetime) -> None:
    account.owner = owner
    told = {"account": str(account), "owner": str(owner)}
    record(HANDED, by=by, at=at, subject=account, data=told)
    end_alarm(f"channel {account.pk} owner", at=at)

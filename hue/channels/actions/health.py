"""How the networks answer: noted beside the account, its host and its month."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import F

from hue.channels import access
from hue.channels.calling import Quota, Trouble
from hue.channels.models import Account, Host, Spent
from hue.pages.alarms import end_alarm, raise_alarm
from hue.people.models import Officer

FAULTS = 3  # in a row, then nothing goes to that host for a while
LONGEST_SHUT = timedelta(minutes=30)


@transaction.atomic
def note_answer(
    *,
    by: Officer,
    at: datetime,
    account: Account,
    host: str,
    trouble: Trouble | None = None,
    quota: Quota | None = None,
    calls: int = 0,
    dollars: Decimal = Decimal(0),
) -> None:
    access.require_the_software(by)
    told: dict[str, object] = {"trouble": str(trouble or "")}
    if trouble is None:
        told["well_at"] = at
    elif trouble.again:
        told["paused_until"] = at + timedelta(seconds=trouble.again)
    if quota is not None:
        told["quota_left"] = quota.left
        told["quota_resets_at"] = at + timedelta(seconds=quota.resets)
    Account.objects.filter(pk=account.pk).update(**told)
    _spend(account, at, calls, dollars)
    _count_faults(host, at, trouble)
    _tell_whoever_answers(account, at, trouble)


@transaction.atomic
def note_spent(*, by: Officer, at: datetime, account: Account, dollars: Decimal) -> None:
    """What a list cost, however far it got."""
    access.require_the_software(by)
    if dollars:
        _spend(account, at, 0, dollars)


def _spend(account: Account, at: datetime, calls: int, dollars: Decimal) -> None:
    month = at.date().replace(day=1)
    row, _ = Spent.objects.get_or_create(account=account, month=month)
    Spent.objects.filter(pk=row.pk).update(calls=F("calls") + calls, dollars=F("dollars") + dollars)


def _count_faults(host: str, at: datetime, trouble: Trouble | None) -> None:
    """Of a host that does not answer, or has trouble of its own."""
    if trouble is None or trouble.final or trouble.again:
        Host.objects.filter(name=host).delete()
        return
    row, _ = Host.objects.get_or_create(name=host)
    faults = row.faults + 1
    shut = at + min(LONGEST_SHUT, timedelta(seconds=15 * 2 ** min(faults - FAULTS, 10)))
    Host.objects.filter(pk=row.pk).update(
        faults=faults, shut_until=shut if faults >= FAULTS else None
    )


def _tell_whoever_answers(account: Account, at: datetime, trouble: Trouble | None) -> None:
    slug = f"channel {account.pk}"
    if trouble is not None and trouble.signed_out:
        raise_alarm(slug, f"{account}: {trouble} {account.owner} answers for it.", at=at)
    elif trouble is None:
        end_alarm(slug, at=at)

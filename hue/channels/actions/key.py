"""A key that the software renews before it ends, or says in time that it cannot."""

from datetime import datetime, timedelta

from django.db import transaction

from hue.channels import access
from hue.channels.entrance import Granted
from hue.channels.holding import sealed
from hue.channels.models import Account
from hue.pages.alarms import end_alarm, raise_alarm
from hue.people.models import Officer

LEASE = timedelta(minutes=3)


@transaction.atomic
def claim_key(*, by: Officer, at: datetime, account: Account) -> Account | None:
    """Ours for some minutes: a key that is renewed twice at once may be lost."""
    access.require_the_software(by)
    found = Account.objects.to_renew(at=at).filter(pk=account.pk)
    mine = found.select_for_update(skip_locked=True, of=("self",)).select_related("owner").first()
    if mine is not None:
        mine.renew_at = at + LEASE
        mine.save(update_fields=["renew_at"])
    return mine


@transaction.atomic
def keep_key(*, by: Officer, at: datetime, account: Account, granted: Granted) -> None:
    """Renewed again when half of its life is over: the other half is for when that fails."""
    access.require_the_software(by)
    ends, again = granted.life(at=at)
    found = Account.objects.filter(pk=account.pk).exclude(state="closed")
    found.update(secrets=sealed(granted.secrets), expires_at=ends, renew_at=again)
    end_alarm(f"channel {account.pk} key", at=at)


@transaction.atomic
def note_not_renewed(*, by: Officer, at: datetime, account: Account, says: str) -> None:
    """Tried again until it ends; somebody hears of it before that."""
    access.require_the_software(by)
    ends = account.expires_at or at
    rest = max(timedelta(minutes=5), (ends - at) / 8)
    Account.objects.filter(pk=account.pk).update(renew_at=at + rest if ends > at else None)
    raise_alarm(f"channel {account.pk} key", says, at=at)

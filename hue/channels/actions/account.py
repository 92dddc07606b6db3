"""An account elsewhere: connected, its key, its charter."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.channels import access
from hue.channels.holding import held, sealed, show
from hue.channels.message import Fact
from hue.channels.models import Account
from hue.channels.networks import NETWORKS
from hue.lib.html import plain
from hue.pages.alarms import end_alarm
from hue.people import wording
from hue.people.access import Refused
from hue.people.models import LocalPolicingUnit, Officer

CONNECTED = Kind("account.connected", "{by} connected {account}; it is not open yet.")
RECONNECTED = Kind("account.reconnected", "{by} gave a new key to {account}.")
AMENDED = Kind("account.amended", "{by} changed the charter of {account}: {what}.")
AMENDABLE = {
    "purpose": "purpose",
    "staffed": "staffed hours",
    "out_of_hours": "text out of hours",
    "silent_after": "days until it counts as silent",
    "threads": "long posts",
    "unit": "unit",
    "cap": "cap a month",
}
PUBLIC_WORDS = ("purpose", "staffed", "out_of_hours")


@dataclass(frozen=True)
class Charter:
    """What is said of an account before it speaks."""

    purpose: str
    owner: Officer
    staffed: str
    out_of_hours: str
    unit: LocalPolicingUnit | None = None
    silent_after: int = 14
    threads: bool = False
    cap: Decimal | None = None


@transaction.atomic
def connect(
    *,
    by: Officer,
    at: datetime,
    network: str,
    address: str,
    secrets: dict[str, str],
    fact: Fact,
    charter: Charter,
    expires_at: datetime | None = None,
    renew_at: datetime | None = None,
) -> Account:
    """`fact` is what the network said when the key was tried."""
    access.may_connect(by)
    address = access.address_that_works(address, NETWORKS[network].schemes)
    handle = plain(fact.handle)
    if Account.objects.filter(network=network, handle=handle).exclude(state="closed").exists():
        raise Refused(f"{handle} is connected already: reconnect it on its own page.")
    access.says_when_nobody_reads(charter.staffed, charter.out_of_hours)
    words = (charter.purpose, charter.staffed, charter.out_of_hours)
    wording.must_pass(*words, by=by, at=at)
    account = Account.objects.create(
        network=network,
        handle=handle,
        address=address,
        profile=fact.profile,
        purpose=plain(charter.purpose),
        owner=charter.owner,
        staffed=plain(charter.staffed),
        out_of_hours=plain(charter.out_of_hours),
        unit=charter.unit,
        silent_after=charter.silent_after,
        threads=charter.threads,
        cap=charter.cap,
        secrets=sealed(secrets),
        expires_at=expires_at,
        renew_at=renew_at,
        connected_by=by,
        connected_at=at,
        well_at=at,
    )
    record(CONNECTED, by=by, at=at, subject=account, data={"account": str(account)})
    return account


@transaction.atomic
def reconnect(
    *,
    by: Officer,
    at: datetime,
    account: Account,
    secrets: dict[str, str],
    fact: Fact,
    expires_at: datetime | None = None,
    renew_at: datetime | None = None,
) -> None:
    """A new key for the same account."""
    access.may_connect(by)
    account = held(account)
    if account.state == "closed":
        raise Refused("It is closed: connect it anew.")
    if plain(fact.handle) != account.handle:
        raise Refused(f"That key belongs to {fact.handle}, not to {account.handle}.")
    account.secrets, account.expires_at = sealed(secrets), expires_at
    account.renew_at = renew_at
    account.trouble, account.paused_until = "", None
    account.save(update_fields=["secrets", "expires_at", "renew_at", "trouble", "paused_until"])
    end_alarm(f"channel {account.pk}", at=at)
    end_alarm(f"channel {account.pk} key", at=at)
    record(RECONNECTED, by=by, at=at, subject=account, data={"account": str(account)})


@transaction.atomic
def amend(*, by: Officer, at: datetime, account: Account, **changes: Any) -> None:
    access.may_connect(by)
    account = held(account)
    told = {n: plain(v) if isinstance(v, str) else v for n, v in changes.items() if n in AMENDABLE}
    changed = [name for name in told if getattr(account, name) != told[name]]
    wording.must_pass(*(told[name] for name in changed if name in PUBLIC_WORDS), by=by, at=at)
    for name in changed:
        setattr(account, name, told[name])
    access.says_when_nobody_reads(account.staffed, account.out_of_hours)
    if changed:
        account.save(update_fields=changed)
        what = ", ".join(AMENDABLE[name] for name in changed)
        entry = {"account": str(account), "what": what}
        record(AMENDED, by=by, at=at, subject=account, data=entry)
        show(at)

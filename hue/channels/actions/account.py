"""An account elsewhere, from its charter to its last post."""

import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.channels import access
from hue.channels.message import Fact
from hue.channels.models import Account
from hue.channels.networks import LISTS, NETWORKS
from hue.lib import sealing
from hue.lib.html import plain
from hue.pages import stale
from hue.pages.alarms import end_alarm
from hue.people import wording
from hue.people.access import Refused
from hue.people.models import LocalPolicingUnit, Officer
from hue.people.queries import system
from hue.subscribers import actions as subscribers

CONNECTED = Kind("account.connected", "{by} connected {account}; it is not open yet.")
RECONNECTED = Kind("account.reconnected", "{by} gave a new key to {account}.")
AMENDED = Kind("account.amended", "{by} changed the charter of {account}: {what}.")
MOVED = Kind("account.moved", "{by} moved {account} to {state}.")
HANDED = Kind("account.handed_over", "{by} handed {account} over to {owner}.")
CLOSED = Kind("account.closed", "{by} closed {account}; its key is destroyed. {words}")
SHUT = "The account was closed before this was done: look there, and do it by hand."
AMENDABLE = {
    "purpose": "purpose",
    "staffed": "staffed hours",
    "out_of_hours": "text out of hours",
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
        threads=charter.threads,
        cap=charter.cap,
        secrets=_sealed(secrets),
        expires_at=expires_at,
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
) -> None:
    """A new key for the same account."""
    access.may_connect(by)
    account = _held(account)
    if account.state == "closed":
        raise Refused("It is closed: connect it anew.")
    if plain(fact.handle) != account.handle:
        raise Refused(f"That key belongs to {fact.handle}, not to {account.handle}.")
    account.secrets, account.expires_at = _sealed(secrets), expires_at
    account.trouble, account.paused_until = "", None
    account.save(update_fields=["secrets", "expires_at", "trouble", "paused_until"])
    end_alarm(f"channel {account.pk}", at=at)
    end_alarm(f"channel {account.pk} key", at=at)
    record(RECONNECTED, by=by, at=at, subject=account, data={"account": str(account)})


@transaction.atomic
def amend(*, by: Officer, at: datetime, account: Account, **changes: Any) -> None:
    access.may_connect(by)
    account = _held(account)
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
        _show(at)


@transaction.atomic
def move(*, by: Officer, at: datetime, account: Account, state: str) -> None:
    """Open it, let it run out, or open it again."""
    account = _held(account)
    if state == "open" and account.state == "planned":
        access.may_open(by, account)
        account.move_to("open", opened_at=at)
    elif state == "closed":
        raise Refused("Close it with its last words.")
    else:
        access.may_connect(by)
        account.move_to(state)
    told = {"account": str(account), "state": state}
    record(MOVED, by=by, at=at, subject=account, data=told)
    _show(at)


@transaction.atomic
def hand_over(*, by: Officer, at: datetime, account: Account, owner: Officer) -> None:
    """Somebody else answers for it from now on."""
    access.may_connect(by)
    account = _held(account)
    if owner.pk == account.owner.pk:
        return
    account.owner = owner
    account.save(update_fields=["owner"])
    told = {"account": str(account), "owner": str(owner)}
    record(HANDED, by=by, at=at, subject=account, data=told)


@transaction.atomic
def close(*, by: Officer, at: datetime, account: Account, words: str = "") -> None:
    """For good: its key is gone, and the public list says since when."""
    access.may_connect(by)
    account, words = _held(account), plain(words)
    wording.must_pass(words, by=by, at=at)
    account.move_to("closed", closed_at=at, secrets="", last_words=words, expires_at=None)
    _leave_nothing_waiting(account, at)
    for slug in ("", " key"):
        end_alarm(f"channel {account.pk}{slug}", at=at)
    told = {"account": str(account), "words": words}
    record(CLOSED, by=by, at=at, subject=account, data=told)
    _show(at)


def _leave_nothing_waiting(account: Account, at: datetime) -> None:
    """What was on its way there is a person's turn, if anything of it stands there."""
    waiting = account.deliveries.filter(state__in=["due", "sending", "withdrawing"])
    nothing_there = {"state": "due", "references": [], "doubt": False}
    waiting.filter(**nothing_there).update(state="withdrawn", since=at, says="")
    waiting.update(state="failed", since=at, says=SHUT)


def _held(account: Account) -> Account:
    rows = Account.objects.select_for_update(of=("self",))
    return rows.select_related("owner", "connected_by").get(pk=account.pk)


def _sealed(secrets: dict[str, str]) -> str:
    return sealing.seal_text(json.dumps(secrets)) if secrets else ""


def _show(at: datetime) -> None:
    stale.mark(("channels.list", ""), ("publishing.standing", "rest"), at=at)
    open_ = Account.objects.open().filter(network__in=LISTS).values_list("network", flat=True)
    subscribers.open_ways(by=system(), at=at, ways=[LISTS[slug].via for slug in open_])

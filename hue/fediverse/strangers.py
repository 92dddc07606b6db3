"""Rows of those whose signature was verified, within the transaction of what they sent."""

from collections.abc import Iterable
from datetime import datetime

from hue.fediverse.accounts import Account
from hue.fediverse.models import Server, Stranger


def strangers_of(accounts: Iterable[Account], *, at: datetime) -> dict[str, Stranger]:
    """Their rows, as they are told of now. Sorted: two processes take rows in the same order."""
    known = {one.uri: one for one in accounts}
    hosts = sorted({one.host for one in known.values()})
    Server.objects.bulk_create([Server(host=host) for host in hosts], ignore_conflicts=True)
    servers = {row.host: row for row in Server.objects.filter(host__in=hosts)}
    Stranger.objects.bulk_create(
        [_stranger(known[uri], servers, at) for uri in sorted(known)],
        update_conflicts=True,
        unique_fields=["uri"],
        update_fields=["handle", "inbox", "shared_inbox", "key_id", "public_key", "fetched_at"],
    )
    return {row.uri: row for row in Stranger.objects.filter(uri__in=known)}


def _stranger(account: Account, servers: dict[str, Server], at: datetime) -> Stranger:
    return Stranger(
        uri=account.uri,
        server=servers[account.host],
        handle=account.handle,
        inbox=account.inbox,
        shared_inbox=account.shared_inbox,
        key_id=account.key_id,
        public_key=account.public_key,
        fetched_at=at,
    )

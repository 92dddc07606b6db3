"""Servers elsewhere: shutting one out, letting it back in, trying once more."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.fediverse import access
from hue.fediverse.models import Dispatch, Server
from hue.jobs import queue
from hue.people.access import Refused, require
from hue.people.models import Officer
from hue.people.roles import Permission

BLOCKED = Kind("fediverse.blocked", "{by} blocked the server {host}: {reason}")
UNBLOCKED = Kind("fediverse.unblocked", "{by} let the server {host} back in.")
SENT_AGAIN = Kind("fediverse.sent_again", "{by} had {messages} messages to {host} sent once more.")


@transaction.atomic
def block_server(*, by: Officer, at: datetime, host: str, reason: str) -> Server:
    """Nothing goes there, nothing from there is taken; who followed from there follows again
    when it is let back in."""
    require(by, Permission.OPEN_ACCOUNTS)
    host = access.host_that_works(host)
    if not reason.strip():
        raise Refused("Say why it is blocked: it stands in the record.")
    server, _ = Server.objects.get_or_create(host=host)
    if server.blocked_at is not None:
        raise Refused(f"{host} is blocked already.")
    server.blocked_at, server.blocked_by, server.reason = at, by, reason.strip()
    server.save(update_fields=["blocked_at", "blocked_by", "reason"])
    Dispatch.objects.filter(server=server, state="due").update(state="dropped", ended_at=at)
    record(BLOCKED, by=by, at=at, subject=server, data={"host": host, "reason": reason.strip()})
    return server


@transaction.atomic
def take_over_blocks(*, by: Officer, at: datetime, hosts: Sequence[str], reason: str) -> int:
    """How many were not blocked here before."""
    require(by, Permission.OPEN_ACCOUNTS)
    known = set(Server.objects.blocked().values_list("host", flat=True))
    new = [host for host in hosts if host not in known]
    for host in new:
        block_server(by=by, at=at, host=host, reason=reason)
    return len(new)


@transaction.atomic
def unblock_server(*, by: Officer, at: datetime, server: Server) -> None:
    require(by, Permission.OPEN_ACCOUNTS)
    blocked = Server.objects.blocked().filter(pk=server.pk)
    if not blocked.update(blocked_at=None, blocked_by=None, reason=""):
        raise Refused(f"{server.host} is not blocked.")
    record(UNBLOCKED, by=by, at=at, subject=server, data={"host": server.host})


@transaction.atomic
def send_again(*, by: Officer, at: datetime, server: Server) -> int:
    """What failed there; where the words were taken back meanwhile, nothing."""
    require(by, Permission.OPEN_ACCOUNTS)
    failed = Dispatch.objects.filter(server=server, state="failed").exclude(activity__body="")
    count = failed.update(state="due", next_at=at, tries=0, why="", ended_at=None)
    if not count:
        raise Refused("Nothing failed there that could be sent again.")
    Server.objects.filter(pk=server.pk).update(failing_since=None, failures=0, next_try_at=None)
    told = {"messages": count, "host": server.host}
    record(SENT_AGAIN, by=by, at=at, subject=server, data=told)
    queue.defer("fediverse.send", once="fediverse.send")
    return count

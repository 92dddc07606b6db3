"""The rows of what is on its way: which are taken up next, and what became of them.

Plain SQL on many rows at once; every statement may run twice, and beside another worker's.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from random import uniform
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from hue.fediverse.models import Activity, Dispatch, Follower, Server, Stranger

URGENT = 2  # the rank of what somebody's safety may depend on
LEAST_URGENT = 100
LEASE = timedelta(seconds=20)  # so long a row that was taken up is nobody else's
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
PATIENCE = timedelta(days=2)
LONGEST_ASKED = timedelta(days=1)  # a server that asks for more is tried all the same
SILENT = "This server did not answer for two days."

# A message about a note waits until those before it have reached the same inbox, or never will.
_TAKE = """
    UPDATE fediverse_dispatch SET next_at = %s, tries = tries + 1
    WHERE id IN (
        SELECT d.id FROM fediverse_dispatch d JOIN fediverse_activity a ON a.id = d.activity_id
        WHERE d.state = 'due' AND d.next_at <= %s AND d.server_id <> ALL(%s) AND d.rank < %s
        AND NOT EXISTS (
            SELECT FROM fediverse_activity b JOIN fediverse_dispatch e ON e.activity_id = b.id
            WHERE b.note_id = a.note_id AND b.id <> a.id AND e.inbox = d.inbox
            AND e.state = 'due' AND (b.at, b.rank) < (a.at, a.rank)
        )
        ORDER BY d.rank, d.next_at, d.id LIMIT %s
        FOR UPDATE OF d SKIP LOCKED
    )
    RETURNING id, rank, activity_id, inbox, server_id,
        (SELECT wants_rfc9421 FROM fediverse_server v WHERE v.id = server_id)
"""
_ADDRESS = """
    INSERT INTO fediverse_dispatch
        (activity_id, server_id, inbox, rank, state, tries, next_at, why)
    SELECT %(activity)s, v.id, box.inbox, %(rank)s, 'due', 0,
        greatest(%(at)s, v.next_try_at), ''
    FROM (
        SELECT DISTINCT s.server_id,
            CASE WHEN s.shared_inbox = '' THEN s.inbox ELSE s.shared_inbox END AS inbox
        FROM fediverse_follower f JOIN fediverse_stranger s ON s.id = f.stranger_id
        WHERE f.actor_id = %(actor)s AND s.gone_at IS NULL
        UNION
        SELECT d.server_id, d.inbox
        FROM fediverse_dispatch d JOIN fediverse_activity a ON a.id = d.activity_id
        WHERE %(told)s AND a.note_id = %(note)s
    ) box JOIN fediverse_server v ON v.id = box.server_id
    WHERE v.blocked_at IS NULL
    ORDER BY random()
    ON CONFLICT DO NOTHING
"""
# Whoever ever got the words gets the change of them, too.
TO_ALL_WHO_WERE_TOLD = frozenset({"Update", "Delete"})


class Taken(NamedTuple):
    """A row that is ours until its lease ends."""

    id: int
    rank: int
    activity: str
    inbox: str
    server: int
    newer: bool = False  # its server takes signatures as RFC 9421 says, and no others


class Ended(NamedTuple):
    """What became of it: `sent`, `failed` for good with why, `again` later, or `dropped`, when
    its words were taken back meanwhile."""

    taken: Taken
    outcome: str
    why: str = ""
    gone: bool = False
    took: bool | None = None  # only the other kind of signature than we thought: RFC 9421 or not
    wait: timedelta | None = None  # as long as it asked us to


def asked_to_wait(told: str, *, at: datetime) -> timedelta | None:
    """What "Retry-After" says, in seconds or as a date; None where it says nothing of use."""
    if told.isascii() and told.isdecimal():
        wait = timedelta(seconds=int(told[:9]))
    else:
        try:
            date = parsedate_to_datetime(told)
        except ValueError:
            return None
        wait = (date if date.tzinfo else date.replace(tzinfo=UTC)) - at
    return min(wait, LONGEST_ASKED) if wait > timedelta() else None


def address(activity: Activity, *, at: datetime) -> None:
    """A row for each inbox in which somebody is to read it; one whose words were taken back
    before goes nowhere."""
    with transaction.atomic(), connection.cursor() as cursor:
        if activity.body and activity.to:
            _to_one(activity, at)
        elif activity.body:
            cursor.execute(
                _ADDRESS,
                {
                    "activity": activity.pk,
                    "actor": activity.actor_id,
                    "note": activity.note_id,
                    "told": activity.kind in TO_ALL_WHO_WERE_TOLD,
                    "rank": activity.rank,
                    "at": at,
                },
            )
        activity.move_to("addressed")
    if activity.note_id and activity.rank <= URGENT:
        hurry(activity.note_id)


def hurry(note: str) -> None:
    """What is urgent waits for what was said of the same before: that is as urgent."""
    waiting = Dispatch.objects.filter(activity__note=note, state="due")
    waiting.filter(rank__gt=URGENT).update(rank=URGENT)


def _to_one(activity: Activity, at: datetime) -> None:
    server, _ = Server.objects.get_or_create(host=host_of(activity.to))
    if server.blocked_at is None:
        Dispatch.objects.get_or_create(
            activity=activity,
            inbox=activity.to,
            defaults={"server": server, "rank": activity.rank, "next_at": at},
        )


def host_of(address: str) -> str:
    return address.partition("://")[2].partition("/")[0].lower()


def forget(*, before: datetime) -> None:
    """What ended long ago."""
    waiting = Dispatch.objects.filter(activity=OuterRef("pk"), state="due")
    ended = Activity.objects.filter(state="addressed").exclude(Exists(waiting))
    ended.update(state="done")
    Activity.objects.filter(state="done", at__lt=before).delete()


def take(most: int, *, but: Sequence[int], at: datetime, below: int = LEAST_URGENT) -> list[Taken]:
    """The most urgent first, of those with a rank below `below`; none of the servers in `but`."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [at + LEASE, at, list(but), below, most])
        return [Taken(*row) for row in cursor.fetchall()]


@transaction.atomic
def settle(ended: Sequence[Ended], *, at: datetime) -> None:
    """Servers are locked before rows: two workers that settle at once never wait for each other."""
    by = defaultdict[str, list[Ended]](list)
    for one in ended:
        by[one.outcome].append(one)
    answered = {one.taken.server for one in (*by["sent"], *by["failed"])}
    silent = {one.taken.server: one for one in by["again"] if one.taken.server not in answered}
    back = _locked(answered, failures__gt=0)
    away = _locked(set(silent))
    due = Dispatch.objects.filter(state="due")
    due.filter(pk__in=[one.taken.id for one in by["sent"]]).update(state="sent", ended_at=at)
    for why in sorted({one.why for one in by["failed"]}):
        failed = [one.taken.id for one in by["failed"] if one.why == why]
        due.filter(pk__in=failed).update(state="failed", ended_at=at, why=why[:300])
    _end_followers([one.taken for one in by["failed"] if one.gone], at)
    for one in by["again"]:
        if one.taken.server in answered:
            due.filter(pk=one.taken.id).update(next_at=at + (one.wait or FIRST_PAUSE))
    for took in (True, False):
        learned = {one.taken.server for one in by["sent"] if one.took is took}
        Server.objects.filter(pk__in=learned).update(wants_rfc9421=took)
    for server in back:
        _is_back(server, at)
    for server in away:
        _stays_away(server, silent[server.pk], at)


def _locked(servers: set[int], **which: int) -> list[Server]:
    rows = Server.objects.filter(pk__in=servers, **which).order_by("pk")
    return list(rows.select_for_update())


def _is_back(server: Server, at: datetime) -> None:
    """What waited for it goes out now; what somebody has taken up already stays theirs."""
    server.failing_since, server.failures, server.next_try_at = None, 0, None
    server.save(update_fields=["failing_since", "failures", "next_try_at"])
    waiting = Dispatch.objects.filter(server=server, state="due", next_at__gt=at + LEASE)
    waiting.update(next_at=at)


def _stays_away(server: Server, last: Ended, at: datetime) -> None:
    server.failing_since = server.failing_since or at
    server.failures += 1
    pause = min(FIRST_PAUSE * 4 ** min(server.failures - 1, 10), LONGEST_PAUSE)
    # Not all of those whom one machine keeps in the same second.
    pause *= uniform(0.8, 1.2)  # noqa: S311
    server.next_try_at = at + (last.wait or pause)
    server.save(update_fields=["failing_since", "failures", "next_try_at"])
    waiting = Dispatch.objects.filter(server=server, state="due")
    if at - server.failing_since >= PATIENCE:
        waiting.update(state="failed", ended_at=at, why=f"{SILENT} {last.why}"[:300])
    else:
        waiting.filter(next_at__lt=server.next_try_at).update(next_at=server.next_try_at)


def _end_followers(gone: list[Taken], at: datetime) -> None:
    inboxes = [taken.inbox for taken in gone]
    # One inbox for a whole server: whether each account is still there, its own inbox tells.
    Stranger.objects.filter(shared_inbox__in=inboxes).update(shared_inbox="")
    left = Stranger.objects.filter(inbox__in=inboxes, gone_at=None)
    Follower.objects.filter(stranger__in=left).delete()
    left.update(gone_at=at)

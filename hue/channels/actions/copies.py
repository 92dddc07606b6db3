"""One copy for each reader: written down, claimed some at a time, settled one by one."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import islice

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from hue.audit.record import record
from hue.channels import access, whom
from hue.channels.actions.deliver import LEASE, UNSURE
from hue.channels.models import Account, Copy, Delivery
from hue.channels.networks import NETWORKS
from hue.people.models import Officer
from hue.streams.tell import tell

KEPT = timedelta(days=90)
AGAIN = timedelta(minutes=10)
AT_ONCE = 20  # so many may be in doubt when a worker is killed
THROUGH = ("sent", "unsure", "failed")
_CHUNK = 5000
_WITH_ALL = ("subscriber", "delivery__piece__place")
_OF_A_READER = (
    *("state", "version", "together", "subscriber__state", "subscriber__sealed"),
    *("subscriber__safe", "subscriber__epoch"),
)
# A list may have as many rows as a town: objects for all of them would take longer than the rest.
_WRITTEN = """
    INSERT INTO channels_copy (delivery_id, level, since, state, version, reference, receipt,
        subscriber_id, due_at, together)
    SELECT %s, %s, %s, 'due', 0, '', '', one.*
    FROM unnest(%s::text[], %s::timestamptz[], %s::boolean[]) AS one
    ON CONFLICT DO NOTHING
"""
# Not waited for: if PostgreSQL itself dies, the copy is in doubt, and nobody gets it twice.
_SENT = """
    WITH soon AS (SELECT set_config('synchronous_commit', 'off', true))
    UPDATE channels_copy c
    SET state = mine.state, since = %s, version = mine.version, reference = mine.reference
    FROM soon, unnest(%s::bigint[], %s::text[], %s::integer[], %s::text[])
        AS mine(id, state, version, reference)
    WHERE c.id = mine.id AND c.state = 'sending'
"""


@transaction.atomic
def write_copies(*, by: Officer, at: datetime, delivery: Delivery, via: str) -> None:
    """Who reads of it, and when. Whoever asked only later does not get what was said before."""
    access.require_the_software(by)
    piece = delivery.piece
    if piece.gone_at is not None:
        return
    if not delivery.version or piece.level == "danger":
        _add(delivery, via, at)
    rows = Copy.objects.filter(delivery=delivery)
    rows.filter(state="withdrawn").update(state="due", due_at=at, version=0, together=False)
    if piece.level == "danger":
        rows.filter(state="due").update(due_at=at, together=False, level="danger")
    changed = rows.filter(state="sent", version__lt=piece.version)
    changed.update(state="due", due_at=at, together=False)
    Delivery.objects.filter(pk=delivery.pk).update(references=["list"])
    delivery.references = ["list"]


@transaction.atomic
def take_back_copies(*, by: Officer, at: datetime, delivery: Delivery) -> None:
    """Who has it is told; who has not never hears of it."""
    access.require_the_software(by)
    rows = Copy.objects.filter(delivery=delivery)
    rows.filter(state__in=["due", "failed"], version=0).update(state="dropped", since=at)
    had = Q(state="sent") | Q(state__in=["due", "failed"], version__gt=0)
    rows.filter(had).update(state="due", due_at=at, together=False)


@transaction.atomic
def give_up_lost(*, by: Officer, at: datetime, account: Account) -> None:
    """Whoever had them in hand is dead: they are in doubt from now."""
    access.require_the_software(by)
    once_more = NETWORKS[account.network].can.repeats
    rows = Copy.objects.filter(delivery__account=account).lost(at=at)
    through = Delivery.objects.filter(pk__in=rows.values("delivery"), state="sent")
    stuck = [] if once_more else list(through.select_related("account", "piece"))
    rows.update(state="due" if once_more else "unsure", since=at)
    for delivery in stuck:
        says = "Whether it reached some readers is not known."
        note_stuck(by=by, at=at, delivery=delivery, says=says)


@transaction.atomic
def forget_copies(*, by: Officer, at: datetime) -> None:
    """Who was sent what, after some months: nobody asks any more."""
    access.require_the_software(by)
    old = Copy.objects.filter(since__lte=at - KEPT)
    old.filter(state__in=["sent", "dropped", "withdrawn", "failed"]).delete()


@transaction.atomic
def claim_of_one(*, by: Officer, at: datetime, delivery: Delivery, after: int) -> list[Copy]:
    """Some of a list, ours for some minutes. Who left gets none."""
    access.require_the_software(by)
    rows = Copy.objects.filter(delivery=delivery, pk__gt=after).due(at=at).alone().order_by("pk")
    # Without what all of them share: to read that for each takes longer than to send it.
    found = _taken(rows.select_related("subscriber").only(*_OF_A_READER)[:AT_ONCE], at)
    for copy in found:
        copy.delivery = delivery
    return found


@transaction.atomic
def claim_waiting(*, by: Officer, at: datetime, account: Account) -> list[Copy]:
    """Some of those that waited for an hour, of lists that are not on their way as a whole."""
    access.require_the_software(by)
    rows = Copy.objects.filter(delivery__account=account, delivery__state__in=THROUGH)
    due = rows.due(at=at).alone().order_by("due_at", "pk")
    return _taken(due.select_related(*_WITH_ALL)[:AT_ONCE], at)


@transaction.atomic
def claim_summary(*, by: Officer, at: datetime, account: Account) -> list[Copy]:
    """All that one reader waits for."""
    access.require_the_software(by)
    rows = Copy.objects.filter(delivery__account=account, delivery__state__in=THROUGH)
    rows = rows.filter(together=True)
    first = rows.due(at=at).order_by("due_at").values_list("subscriber", flat=True).first()
    if first is None:
        return []
    theirs = rows.due(at=at).filter(subscriber=first).order_by("pk")
    return _taken(theirs.select_related(*_WITH_ALL), at)


def settle_copies(*, by: Officer, at: datetime, handed: Sequence[tuple[Copy, str]]) -> None:
    """They were handed over; the network calls them so."""
    access.require_the_software(by)
    if not handed:
        return
    pieces = [copy.delivery.piece for copy, _ in handed]
    told = (
        [copy.pk for copy, _ in handed],
        ["sent" if piece.gone_at is None else "withdrawn" for piece in pieces],
        [piece.version for piece in pieces],
        [reference for _, reference in handed],
    )
    with connection.cursor() as cursor:
        cursor.execute(_SENT, [at, *told])


@transaction.atomic
def note_receipt(*, by: Officer, at: datetime, copy: Copy, receipt: str) -> None:
    """What the network says became of it."""
    access.require_the_software(by)
    Copy.objects.filter(pk=copy.pk).update(receipt=receipt[:40])


@transaction.atomic
def put_copies_back(*, by: Officer, at: datetime, copies: Iterable[Copy]) -> None:
    """They were not handed over, that is certain: they are due again."""
    access.require_the_software(by)
    pks = [copy.pk for copy in copies]
    Copy.objects.filter(pk__in=pks, state="sending").update(state="due", due_at=at)


@transaction.atomic
def try_again_later(*, by: Officer, at: datetime, copies: Iterable[Copy]) -> None:
    """Each reader has a server of their own, and theirs is away: for a day, then it is left."""
    access.require_the_software(by)
    rows = Copy.objects.filter(pk__in=[copy.pk for copy in copies], state="sending")
    rows.filter(since__lte=at - timedelta(days=1)).update(state="dropped", since=at)
    rows.filter(state="sending").update(state="due", due_at=at + AGAIN)


@transaction.atomic
def keep_claim(*, by: Officer, at: datetime, delivery: Delivery) -> None:
    """A long list is still being worked on."""
    access.require_the_software(by)
    Delivery.objects.filter(pk=delivery.pk).update(due_at=at + LEASE)


@transaction.atomic
def note_stuck(*, by: Officer, at: datetime, delivery: Delivery, says: str) -> None:
    """Copies that went out later: a person's turn, if it was not theirs already."""
    access.require_the_software(by)
    row = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
    if row.state != "sent":
        return
    row.move_to("unsure", since=at, says=says)
    told = {"account": str(delivery.account), "why": says}
    record(UNSURE, by=by, at=at, subject=f"post:{delivery.piece.ref}", data=told)
    tell("desk", "waiting", {"delivery": row.pk}, at=at)


@transaction.atomic
def stop_copy(*, by: Officer, at: datetime, copy: Copy, state: str) -> None:
    """Failed, unsure, or nobody is there."""
    access.require_the_software(by)
    Copy.objects.filter(pk=copy.pk, state="sending").update(state=state, since=at)


@transaction.atomic
def decide_copies(*, by: Officer, at: datetime, delivery: Delivery, verb: str) -> None:
    """What a person said of the delivery holds for each copy that is stuck."""
    access.may_decide(by, delivery)
    stuck = Copy.objects.filter(delivery=delivery, state__in=["unsure", "failed"])
    if verb == "again":
        stuck.update(state="due", due_at=at, since=at, together=False)
    elif verb == "there":
        stuck.update(state="sent", since=at, version=delivery.piece.version)
    else:
        stuck.update(state="dropped", since=at)


def _add(delivery: Delivery, via: str, at: datetime) -> None:
    found = whom.readers(delivery.piece, via, at=at)
    with connection.cursor() as cursor:
        while some := list(islice(found, _CHUNK)):
            pks, due, together = map(list, zip(*some, strict=True))
            about = (delivery.pk, delivery.piece.level, at)
            cursor.execute(_WRITTEN, (*about, pks, due, together))


def _taken(due: QuerySet[Copy], at: datetime) -> list[Copy]:
    held = due.select_for_update(skip_locked=True, of=("self",))
    rows = list(held)
    gone = [row for row in rows if row.subscriber.state != "reading"]
    Copy.objects.filter(pk__in=[row.pk for row in gone]).update(state="dropped", since=at)
    mine = [row for row in rows if row.subscriber.state == "reading"]
    for row in mine:
        row.state, row.due_at = "sending", at + LEASE
    pks = [row.pk for row in mine]
    Copy.objects.filter(pk__in=pks).update(state="sending", due_at=at + LEASE)
    return mine

"""Handing copies over to readers, one by one, and what is noted of it."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings

from hue.channels import access, actions, letters
from hue.channels.calling import Trouble
from hue.channels.letter import Hands, Letter, ListConnector, Reader
from hue.channels.letters import Told
from hue.channels.message import Door
from hue.channels.models import Account, Copy, Delivery
from hue.channels.queries import spent_in
from hue.governance.models import Halt
from hue.people.queries import system
from hue.subscribers import actions as subscribers
from hue.subscribers import links
from hue.subscribers.models import Subscriber

KEPT = timedelta(seconds=30)  # then the claim on a long list is made to last again
SLOWEST = 60.0  # seconds for some at once: later their lease could end, and another have them


class Clock:
    """The time of a round: it began at `at`, and goes on."""

    def __init__(self, at: datetime) -> None:
        self._at, self._began = at, time.monotonic()

    def now(self) -> datetime:
        return self._at + timedelta(seconds=time.monotonic() - self._began)


class Parcel(NamedTuple):
    """What one reader gets in one message."""

    copies: list[Copy]
    letter: Letter
    reader: Reader


def bring(network: ListConnector, door: Door, row: Delivery, *, at: datetime) -> None:
    """To everybody whose time has come. Raises Trouble: a later turn, or a person's."""
    by, clock, last, kept = system(), Clock(at), 0, at
    actions.give_up_lost(by=by, at=at, account=row.account)
    if row.state == "withdrawing":
        actions.take_back_copies(by=by, at=at, delivery=row)
    else:
        actions.write_copies(by=by, at=at, delivery=row, via=network.via)
        _heard(row, at)
    if why := _too_dear(network, row, at):
        raise Trouble(why, final=True)

    def some() -> list[list[Copy]]:
        nonlocal last, kept
        if not _may_go_on(row):
            return []
        now = clock.now()
        if now - kept > KEPT:
            kept = now
            actions.keep_claim(by=by, at=now, delivery=row)
        copies = actions.claim_of_one(by=by, at=now, delivery=row, after=last)
        last = copies[-1].pk if copies else last
        return [[copy] for copy in copies]

    _carry(network, door, row.account, clock, some)
    if trouble := trouble_of(row):
        # What nobody knows of a withdrawal does not get known by trying again.
        trouble.final = trouble.final or row.state == "withdrawing"
        raise trouble


def bring_later(network: ListConnector, door: Door, account: Account, *, at: datetime) -> None:
    """What waited for the end of quiet hours, or for somebody's daily summary."""
    by, clock = system(), Clock(at)
    touched: dict[int, Delivery] = {}
    actions.give_up_lost(by=by, at=at, account=account)

    def some() -> list[list[Copy]]:
        if Halt.objects.in_force().exists():
            return []
        now = clock.now()
        copies = actions.claim_waiting(by=by, at=now, account=account)
        found = [[copy] for copy in copies]
        if not found and (summary := actions.claim_summary(by=by, at=now, account=account)):
            found = [summary]
        touched.update({copy.delivery.pk: copy.delivery for one in found for copy in one})
        return found

    try:
        _carry(network, door, account, clock, some)
    finally:
        for row in touched.values():
            if trouble := trouble_of(row):
                actions.note_stuck(by=by, at=clock.now(), delivery=row, says=str(trouble))


def note_receipts(account: Account, told: dict[str, str], *, at: datetime) -> None:
    """A number that is none gets nothing more."""
    by = system()
    waiting = Copy.objects.filter(delivery__account=account, reference__in=told, receipt="")
    for copy in waiting.select_related("subscriber"):
        status = told[copy.reference]
        if status in {"created", "sending", "pending"}:
            continue
        actions.note_receipt(by=by, at=at, copy=copy, receipt=status)
        if status == "permanent-failure":
            subscribers.bounce(by=by, at=at, row=copy.subscriber)


def trouble_of(row: Delivery) -> Trouble | None:
    """What is stuck, said once for all of its readers."""
    rows = Copy.objects.filter(delivery=row)
    unsure, failed = (rows.filter(state=state).count() for state in ("unsure", "failed"))
    if unsure:
        return Trouble(f"Whether it reached {_readers(unsure)} is not known.", unsure=True)
    if failed:
        return Trouble(f"It did not reach {_readers(failed)}, who were refused.", final=True)
    return None


def _readers(number: int) -> str:
    return "1 reader" if number == 1 else f"{number:,} readers"


def _may_go_on(row: Delivery) -> bool:
    """Asked again and again: a stop and a withdrawal hold in the middle of a list, too."""
    row.piece.refresh_from_db()
    if row.state == "withdrawing":
        return True
    return row.piece.gone_at is None and not Halt.objects.in_force().exists()


def _too_dear(network: ListConnector, row: Delivery, at: datetime) -> str:
    if not network.can.cost:
        return ""
    readers = Copy.objects.filter(delivery=row).due(at=at).count()
    price = network.can.cost * readers
    return access.can_still_pay(row.account, spent_in(row.account, at), price)


def _heard(row: Delivery, at: datetime) -> None:
    piece = row.piece
    if piece.place is not None and not row.version:
        subscribers.note_said(by=system(), at=at, place=piece.place, topic=piece.topic)


class _Round:
    """Over one connection, until there is no more."""

    def __init__(self, network: ListConnector, account: Account, clock: Clock) -> None:
        self._network, self._clock, self._by = network, clock, system()
        self._write = _writer(account)
        self.handed = 0  # each of them costs

    def go(self, door: Door, found: list[list[Copy]], some: Callable[[], list[list[Copy]]]) -> None:
        """Raises Trouble where the next reader would fare no better."""
        try:
            with self._network.open(door) as hands:
                while found:
                    self._hand_out(hands, self._parcels(found))
                    found = some()
        except Trouble:
            left = [copy for one in found for copy in one]
            actions.put_copies_back(by=self._by, at=self._clock.now(), copies=left)
            raise

    def _parcels(self, found: list[list[Copy]]) -> list[Parcel]:
        return [
            Parcel(one, self._write(one), reader_of(one[0].subscriber, _key(one))) for one in found
        ]

    def _hand_out(self, hands: Hands, parcels: list[Parcel]) -> None:
        """What was handed over is noted at once for all of them, whatever happens."""
        began, handed = self._clock.now(), list[tuple[Copy, str]]()
        try:
            answers = hands.hand_all([(one.letter, one.reader) for one in parcels])
            for parcel, answer in zip(parcels, answers, strict=False):
                if isinstance(answer, Trouble):
                    self._stop(parcel, answer)
                else:
                    self.handed += 1
                    handed += [(copy, answer) for copy in parcel.copies]
                if (self._clock.now() - began).total_seconds() > SLOWEST:
                    raise Trouble("It takes no more for now.", again=30.0)
        finally:
            actions.settle_copies(by=self._by, at=self._clock.now(), handed=handed)

    def _stop(self, parcel: Parcel, trouble: Trouble) -> None:
        by, at = self._by, self._clock.now()
        if self._network.can.repeats and not trouble.final:
            actions.try_again_later(by=by, at=at, copies=parcel.copies)
            return
        if trouble.signed_out or not (trouble.unsure or trouble.final):
            raise trouble
        state = "unsure" if trouble.unsure else "dropped" if trouble.gone else "failed"
        for copy in parcel.copies:
            actions.stop_copy(by=by, at=at, copy=copy, state=state)
        if trouble.gone:
            subscribers.bounce(by=by, at=at, row=parcel.copies[0].subscriber)
        self.handed += trouble.unsure


def _carry(
    network: ListConnector,
    door: Door,
    account: Account,
    clock: Clock,
    some: Callable[[], list[list[Copy]]],
) -> None:
    """What it cost is noted whatever happens."""
    found = some()
    if not found:
        return
    round_ = _Round(network, account, clock)
    try:
        round_.go(door, found, some)
    finally:
        spent = network.can.cost * round_.handed
        actions.note_spent(by=system(), at=clock.now(), account=account, dollars=spent)


def _writer(account: Account) -> Callable[[list[Copy]], Letter]:
    """Letters by what they tell: the same one serves all who get the same."""
    written: dict[object, Letter] = {}

    def write(copies: list[Copy]) -> Letter:
        told = [_told(copy) for copy in copies]
        neutral, summary = copies[0].subscriber.safe, copies[0].together
        about = (*((one.piece.pk, one.piece.version, one.news) for one in told), neutral, summary)
        if about not in written:
            if len(written) > 100:
                written.clear()
            written[about] = (
                letters.summary(account, told, neutral=neutral)
                if summary
                else letters.of_one(account, told[0], neutral=neutral)
            )
        return written[about]

    return write


def _told(copy: Copy) -> Told:
    piece = copy.delivery.piece
    if piece.gone_at is not None:
        return Told(piece, "gone")
    return Told(piece, "correction" if copy.version else "new")


def _key(copies: list[Copy]) -> str:
    first = copies[0]
    return f"{first.pk}.{first.delivery.piece.version}.{first.delivery.piece.ref}"


def reader_of(row: Subscriber, key: str) -> Reader:
    token = links.own(row.pk, row.epoch)
    site = f"{settings.HUE_SITE}/my-watch"
    return Reader(row.address(), f"{site}/own/{token}/", f"{site}/leave/{token}/", key)

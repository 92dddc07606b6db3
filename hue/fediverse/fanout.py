"""Sending what is due: many servers at once, none of which can hold up the others."""

import asyncio
import contextlib
import heapq
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import NamedTuple, TypeVar

import aiohttp
from django.conf import settings
from django.db import connection

from hue.fediverse import keys, mail, names, signatures
from hue.fediverse.mail import Ended, Taken
from hue.fediverse.models import Activity
from hue.lib import clock, outgoing
from hue.lib.fetch import FetchFailed

QUICK = 64  # connections at once to those who answer
SLOW_AFTER = 0.7  # seconds: whoever takes longer is no longer counted among them
OPEN = 1500  # connections at once in all
A_HOST = 4  # connections at once to one server
BATCH = 128  # rows taken up at once
SETTLE = 0.2  # seconds between writing down what became of them
T = TypeVar("T")
GONE = {404, 410}
LATER = {408, 425, 429}


class Letter(NamedTuple):
    """An activity as it goes to every inbox, byte for byte."""

    body: bytes
    digest: str
    signer: signatures.Signer


class Fanout:
    """One run: until nothing is due and nothing is on its way."""

    def __init__(self, through: aiohttp.ClientSession, rows: "Rows") -> None:
        self._through, self._rows = through, rows
        self._ready: list[tuple[int, int, Taken, float]] = []
        self._waiting = defaultdict[int, deque[tuple[Taken, float]]](deque)
        self._busy = defaultdict[int, int](int)
        self._letters: dict[str, Letter] = {}
        self._ended: list[Ended] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._quick = QUICK
        self._look_again = 0.0  # nothing was due a moment ago
        self._wake = asyncio.Event()

    async def run(self) -> None:
        settled = self._now()
        while True:
            taken = await self._take_up()
            self._start()
            if self._ended and self._now() - settled > SETTLE:
                await self._settle()
                settled = self._now()
            if not (taken or self._tasks or self._ready or self._ended):
                return
            self._wake.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), SETTLE)

    async def _take_up(self) -> int:
        """How many were found; while there is enough to do nobody asks."""
        enough = len(self._ready) >= BATCH // 2 or len(self._tasks) >= OPEN
        if enough or self._now() < self._look_again:
            return 0
        full = [server for server, count in self._busy.items() if count >= A_HOST]
        until = self._now() + (mail.LEASE - timedelta(seconds=outgoing.WHOLE)).total_seconds()
        taken, letters = await self._rows(lambda: _take(full, set(self._letters)))
        self._letters |= letters
        for row in taken:
            heapq.heappush(self._ready, (row.rank, row.id, row, until))
        if len(taken) < BATCH:
            self._look_again = self._now() + SETTLE
        return len(taken)

    def _start(self) -> None:
        while self._ready and self._quick > 0 and len(self._tasks) < OPEN:
            _, _, row, until = heapq.heappop(self._ready)
            if self._busy[row.server] >= A_HOST:
                self._waiting[row.server].append((row, until))
            else:
                self._begin(row, until)

    def _begin(self, row: Taken, until: float) -> None:
        if self._now() > until:
            return  # its lease may end on the way: it is taken up again
        self._busy[row.server] += 1
        self._quick -= 1
        task = asyncio.create_task(self._send(row))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _send(self, row: Taken) -> None:
        held = [True]

        def let_go() -> None:
            if held.pop() if held else False:
                self._quick += 1
                self._wake.set()

        slow = asyncio.get_running_loop().call_later(SLOW_AFTER, let_go)
        try:
            ended = await _deliver(self._through, row, self._letters[row.activity])
        finally:
            slow.cancel()
            let_go()
            self._busy[row.server] -= 1
        self._ended.append(ended)
        self._next_of(row.server, ended)
        self._wake.set()

    def _next_of(self, server: int, ended: Ended) -> None:
        waiting = self._waiting.get(server)
        if ended.outcome == "again":
            self._waiting.pop(server, None)  # it stays away: the rows wait in their table
        elif waiting:
            row, until = waiting.popleft()
            heapq.heappush(self._ready, (row.rank, row.id, row, until))

    async def _settle(self) -> None:
        ended, self._ended = self._ended, []
        await self._rows(lambda: mail.settle(ended, at=clock.real_now()))

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()


class Rows:
    """A thread of its own for the database: its connection is not the event loop's."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="fanout")

    def __call__(self, work: Callable[[], T]) -> Awaitable[T]:
        return asyncio.get_running_loop().run_in_executor(self._thread, work)

    async def close(self) -> None:
        await self(_hang_up)
        self._thread.shutdown()


async def send_due() -> None:
    rows = Rows()
    try:
        async with outgoing.session() as through:
            await Fanout(through, rows).run()
    finally:
        await rows.close()


def _take(full: Sequence[int], known: set[str]) -> tuple[list[Taken], dict[str, Letter]]:
    taken = mail.take(BATCH, but=full, at=clock.real_now())
    new = {row.activity for row in taken} - known
    return taken, {one.pk: _letter(one) for one in _activities(new)}


def _activities(ids: set[str]) -> Sequence[Activity]:
    return list(Activity.objects.select_related("actor").filter(pk__in=ids)) if ids else []


def _letter(activity: Activity) -> Letter:
    body, actor = activity.body.encode(), activity.actor
    signer = signatures.Signer(names.key(actor.name), keys.opened(actor.private_key))
    return Letter(body, signatures.digest_of(body), signer)


async def _deliver(through: aiohttp.ClientSession, row: Taken, letter: Letter) -> Ended:
    if not letter.body:
        return Ended(row, "failed", "Its words were taken back before it was sent.")
    signed = signatures.sign(
        letter.signer, method="POST", url=row.inbox, at=clock.real_now(), digest=letter.digest
    )
    try:
        answer = await outgoing.post(through, row.inbox, letter.body, {**signed, **_headers()})
    except outgoing.NoAnswer as away:
        return Ended(row, "again", str(away))
    except FetchFailed as refused:
        return Ended(row, "failed", str(refused))
    return _judged(row, answer)


def _headers() -> dict[str, str]:
    return {"Content-Type": names.KINDS[0], "User-Agent": f"HueAndCry (+{settings.HUE_SITE}/)"}


def _judged(row: Taken, answer: outgoing.Posted) -> Ended:
    status = answer.status
    if 200 <= status < 300:
        return Ended(row, "sent")
    if status in GONE:
        return Ended(row, "failed", f"That account or server is gone ({status}).", gone=True)
    if status in LATER or status >= 500:
        return Ended(row, "again", f"It answered {status}.", _pause(answer.retry_after))
    return Ended(row, "failed", f"It refused the message ({status}).")


def _pause(asked: str) -> timedelta | None:
    return min(timedelta(seconds=int(asked)), mail.LONGEST_PAUSE) if asked.isdecimal() else None


def _hang_up() -> None:
    """A function: the connection of this thread is found only in it."""
    connection.close()

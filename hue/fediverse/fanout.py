"""Sending what is due: many servers at once, none of which can hold up the others."""

import asyncio
import contextlib
import gc
import heapq
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from django.db import connection

from hue.fediverse import keys, mail, names, signatures
from hue.fediverse.mail import Ended, Taken
from hue.fediverse.models import Activity
from hue.lib import clock, fetch
from hue.lib.fetch import FetchFailed

if TYPE_CHECKING:
    import aiohttp

QUICK = 64  # connections at once to those who answer
SLOW_AFTER = 0.7  # seconds: whoever takes longer is no longer counted among them
OPEN = 1500  # connections at once in all
A_HOST = 4  # connections at once to one server
SECONDS = 8.0  # for one message, the connection included
KEPT_OPEN = 0.25  # seconds: for what goes to the same server next
LARGEST = 65_536  # bytes of an answer; nobody reads it
BATCH = 128  # rows taken up at once
LOOK = 0.2  # seconds: so often it is written down what became of them, and looked for more
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

    def __init__(self, through: "aiohttp.ClientSession", rows: "Rows") -> None:
        self._through, self._rows = through, rows
        self._ready: list[tuple[int, int, Taken, float]] = []
        self._waiting = defaultdict[int, deque[tuple[Taken, float]]](deque)
        self._busy = defaultdict[int, int](int)
        self._letters: dict[str, Letter] = {}
        self._ended: list[Ended] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._quick = QUICK
        self._look_again = 0.0  # nothing was due a moment ago
        self._looked = False  # once more at the end
        self._wake = asyncio.Event()

    async def run(self) -> None:
        while True:
            taken = await self._take_up()
            self._start()
            if self._ended:
                await self._settle()
            elif not (taken or self._tasks or self._ready):
                if self._looked:
                    return
                # What just went out may have kept something else back.
                self._looked, self._look_again = True, 0.0
                continue
            self._wake.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), LOOK)

    async def _take_up(self) -> int:
        """How many were found; while there is enough to do nobody asks."""
        if self._enough() or self._now() < self._look_again:
            return 0
        full = [server for server, count in self._busy.items() if count >= A_HOST]
        until = self._now() + (mail.LEASE - timedelta(seconds=SECONDS)).total_seconds()
        taken, letters = await self._rows(lambda: _take(full, set(self._letters)))
        self._letters |= letters
        for row in taken:
            heapq.heappush(self._ready, (row.rank, row.id, row, until))
        self._looked = self._looked and not taken
        if len(taken) < BATCH:
            self._look_again = self._now() + LOOK
        return len(taken)

    def _enough(self) -> bool:
        return len(self._ready) >= BATCH // 2 or len(self._tasks) >= OPEN

    def _start(self) -> None:
        while self._ready and self._quick > 0 and len(self._tasks) < OPEN:
            _, _, row, until = heapq.heappop(self._ready)
            if self._busy[row.server] >= A_HOST:
                self._waiting[row.server].append((row, until))
            else:
                self._begin(row, until)
        if not self._enough() and self._now() >= self._look_again:
            self._wake.set()

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
            if held:
                held.clear()
                self._quick += 1
                self._start()

        slow = asyncio.get_running_loop().call_later(SLOW_AFTER, let_go)
        ended = await _deliver(self._through, row, self._letters[row.activity])
        slow.cancel()
        self._busy[row.server] -= 1
        self._ended.append(ended)
        self._next_of(row.server, ended)
        let_go()

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
    # What the worker has loaded is not searched again for each thousand connections.
    gc.freeze()
    try:
        async with fetch.session(limit=0, seconds=SECONDS, kept=KEPT_OPEN) as through:
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


async def _deliver(through: "aiohttp.ClientSession", row: Taken, letter: Letter) -> Ended:
    if not letter.body:
        return Ended(row, "dropped")
    try:
        signed = signatures.sign(
            letter.signer, method="POST", url=row.inbox, at=clock.real_now(), digest=letter.digest
        )
        headers = {**signed, "Content-Type": names.KINDS[0]}
        answer = await fetch.ask(
            through, "POST", row.inbox, largest=LARGEST, headers=headers, body=letter.body
        )
    except FetchFailed as away:
        return Ended(row, "again", str(away))
    except ValueError:
        return Ended(row, "failed", "Its inbox is no address of the web.")
    return _judged(row, answer.status)


def _judged(row: Taken, status: int) -> Ended:
    if 200 <= status < 300:
        return Ended(row, "sent")
    if status in GONE:
        return Ended(row, "failed", f"That account or server is gone ({status}).", gone=True)
    if status in LATER or status >= 500:
        return Ended(row, "again", f"It answered {status}.")
    return Ended(row, "failed", f"It refused the message ({status}).")


def _hang_up() -> None:
    """A function: the connection of this thread is found only in it."""
    connection.close()

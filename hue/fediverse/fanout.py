"""Sending what is due: many servers at once, none of which can hold up the others."""

import asyncio
import contextlib
import gc
import heapq
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from django.db import connection

from hue.fediverse import keys, mail, messages, names, signatures
from hue.fediverse.mail import Ended, Taken
from hue.fediverse.models import Activity
from hue.lib import clock, fetch, memory
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
GONE = 410  # 404 may be a server that is being moved: nobody stops following for that
LATER = {404, 408, 425, 429}
UNSIGNED = {401, 403}  # what is said to a signature that is not understood


class Letter(NamedTuple):
    """An activity as it goes to every inbox, byte for byte."""

    body: bytes
    digest: str
    signer: signatures.Signer


class Ready(NamedTuple):
    """Taken up; in the order in which they are sent."""

    rank: int
    id: int
    row: Taken
    until: float  # when its lease ends


class Fanout:
    """One run: until nothing is due and nothing is on its way."""

    def __init__(self, through: "aiohttp.ClientSession", rows: "Rows") -> None:
        self._through, self._rows = through, rows
        self._ready: list[Ready] = []
        self._waiting = defaultdict[int, list[Ready]](list)
        self._busy = defaultdict[int, int](int)
        self._letters: dict[str, Letter] = {}
        self._ended: list[Ended] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._quick = QUICK
        self._look_again = 0.0  # nothing was due a moment ago
        self._look_for_urgent = 0.0
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
        """How many were found; while there is enough to do, only what is more urgent is asked
        for."""
        enough = self._enough()
        full_up = len(self._tasks) >= OPEN and not self._ready
        if full_up or _now() < (self._look_for_urgent if enough else self._look_again):
            return 0
        self._look_for_urgent = _now() + LOOK
        below = self._ready[0].rank if enough else mail.LEAST_URGENT
        full = [server for server, count in self._busy.items() if count >= A_HOST]
        until = _now() + (mail.LEASE - timedelta(seconds=SECONDS)).total_seconds()
        taken, letters = await self._rows(lambda: _take(full, set(self._letters), below))
        self._letters |= letters
        for row in taken:
            heapq.heappush(self._ready, Ready(row.rank, row.id, row, until))
        self._looked = self._looked and not taken
        if not enough and len(taken) < BATCH:
            self._look_again = _now() + LOOK
        return len(taken)

    def _enough(self) -> bool:
        return len(self._ready) >= BATCH // 2 or len(self._tasks) >= OPEN

    def _start(self) -> None:
        while self._ready and self._quick > 0 and len(self._tasks) < OPEN:
            ready = heapq.heappop(self._ready)
            if self._busy[ready.row.server] >= A_HOST:
                heapq.heappush(self._waiting[ready.row.server], ready)
            else:
                self._begin(ready.row, ready.until)
        if not self._enough() and _now() >= self._look_again:
            self._wake.set()

    def _begin(self, row: Taken, until: float) -> None:
        if _now() > until:
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
            heapq.heappush(self._ready, heapq.heappop(waiting))

    async def _settle(self) -> None:
        ended, self._ended = self._ended, []
        await self._rows(lambda: mail.settle(ended, at=clock.real_now()))


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
    memory.give_back()
    try:
        async with fetch.session(limit=0, seconds=SECONDS, kept=KEPT_OPEN) as through:
            await Fanout(through, rows).run()
    finally:
        await rows.close()


def _take(
    full: Sequence[int], known: set[str], below: int
) -> tuple[list[Taken], dict[str, Letter]]:
    taken = mail.take(BATCH, but=full, at=clock.real_now(), below=below)
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
    until = _now() + SECONDS
    try:
        answer = await _post(through, row, letter, row.newer)
        if answer.status not in UNSIGNED:
            return _judged(row, answer)
        # The same bytes once more, signed in the other way; both within the time of one.
        async with asyncio.timeout(until - _now()):
            second = await _post(through, row, letter, not row.newer)
    except FetchFailed as away:
        return Ended(row, "again", str(away))
    except TimeoutError:
        return Ended(row, "again", f"{row.inbox} did not answer in time.")
    except ValueError:
        return Ended(row, "failed", "Its inbox is no address of the web.")
    ended = _judged(row, second)
    return ended._replace(took=not row.newer) if ended.outcome == "sent" else ended


async def _post(
    through: "aiohttp.ClientSession", row: Taken, letter: Letter, newer: bool
) -> fetch.Answer:
    """`newer`: signed as RFC 9421 says, else as draft-cavage-12."""
    at, told = clock.real_now(), {"method": "POST", "url": row.inbox}
    if newer:
        signed = messages.sign(letter.signer, **told, at=at, body=letter.body)
    else:
        signed = signatures.sign(letter.signer, **told, at=at, digest=letter.digest)
    headers = {**signed, "Content-Type": names.KINDS[0]}
    return await fetch.ask(
        through, "POST", row.inbox, largest=LARGEST, headers=headers, body=letter.body
    )


def _judged(row: Taken, answer: fetch.Answer) -> Ended:
    status = answer.status
    if 200 <= status < 300:
        return Ended(row, "sent")
    if status == GONE:
        return Ended(row, "failed", f"That account or server is gone ({status}).", gone=True)
    if status in LATER or status >= 500:
        wait = mail.asked_to_wait(answer.headers.get("retry-after", ""), at=clock.real_now())
        return Ended(row, "again", f"It answered {status}.", wait=wait)
    return Ended(row, "failed", f"It refused the message ({status}).")


def _hang_up() -> None:
    """A function: the connection of this thread is found only in it."""
    connection.close()

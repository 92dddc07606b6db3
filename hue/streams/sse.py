"""Server-sent events: one database connection listens for a whole server process."""

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import psycopg

from hue.streams.listen import SINCE, Ear, Heard, rows

log = logging.getLogger(__name__)
HEARTBEAT = 15  # seconds; proxies close what is silent for a minute
REPLAYED = 200  # messages at most; who missed more reads the page anew
# Only ours: whoever makes up a number, or comes back after an hour, starts with what comes next.
KNOWN = "EXISTS (SELECT 1 FROM streams_told WHERE id = %s)"
BEHIND = 200  # messages a reader may lag before it is dropped and comes back by itself
CATCHING_UP = 2  # connections for readers who come back, however many come at once
SESSIONS = "sessions"  # told here: whose streams end; nobody reads it
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-cache"),
    (b"x-accel-buffering", b"no"),
]


async def _always() -> bool:
    return True


class Line:
    """One message on a topic. Readers walk from one to the next: it exists once for all of them."""

    __slots__ = ("_come", "id", "number", "then", "told")

    def __init__(self, number: int, id_: int, told: bytes) -> None:
        self.number, self.id, self.told = number, id_, told
        self.then: Line | None = None
        self._come = asyncio.Event()

    def lead_to(self, line: "Line") -> None:
        self.then = line
        self._come.set()

    async def next(self) -> "Line":
        if self.then is None:
            await self._come.wait()
        assert self.then is not None
        return self.then


class Reader:
    """`owner` is the officer whose stream it is, if anybody's."""

    __slots__ = ("ended", "owner")

    def __init__(self, owner: int | None) -> None:
        self.owner, self.ended = owner, False


class Topic:
    def __init__(self) -> None:
        self.readers: set[Reader] = set()
        self.newest = Line(0, 0, b"")

    def add(self, id_: int, told: bytes) -> None:
        line = Line(self.newest.number + 1, id_, told)
        self.newest.lead_to(line)
        self.newest = line


class Hub:
    """Readers by topic, fed from NOTIFY. `connect` makes a psycopg async connection."""

    def __init__(self, connect: Any) -> None:
        self._connect = connect
        self._topics: dict[str, Topic] = {}
        self._catching = asyncio.Semaphore(CATCHING_UP)
        self._missing: dict[tuple[str, int], asyncio.Task[list[Heard]]] = {}

    async def run(self) -> None:
        """Listen for ever."""
        beating = asyncio.create_task(self._beat())
        try:
            async for heard in Ear(self._connect).listen():
                if heard.topic == SESSIONS:
                    self._end(heard.data["officer"])
                elif topic := self._topics.get(heard.topic):
                    topic.add(heard.id, message(heard))
        finally:
            beating.cancel()

    async def read(
        self,
        topic: str,
        last_id: int | None,
        *,
        owner: int | None = None,
        still: Callable[[], Awaitable[bool]] = _always,
    ) -> AsyncIterator[bytes]:
        """What is told on a topic, after what was missed since `last_id`.

        `owner`'s streams end when their sessions do. `still` says whether they may listen: asked
        once the reader is known here, so that no suspension falls between, and at each heartbeat.
        """
        reader, at = Reader(owner), self._topics.setdefault(topic, Topic())
        at.readers.add(reader)
        line = at.newest
        try:
            if not await still():
                return
            yield b"retry: 2000\n\n"
            missed = await self._missed(topic, last_id)
            for heard in missed:
                yield message(heard)
            had = {heard.id for heard in missed}
            while not reader.ended:
                line = await line.next()
                if reader.ended or at.newest.number - line.number > BEHIND:
                    return
                if line.told is BEAT and not await still():
                    return
                if line.id not in had:
                    yield line.told
        finally:
            at.readers.discard(reader)
            if not at.readers:
                self._topics.pop(topic, None)

    async def answer(self, scope: Any, receive: Any, send: Any, told: AsyncIterator[bytes]) -> None:
        """Send `told` for as long as somebody is there to read it."""
        reading = asyncio.create_task(_send(send, told))
        leaving = asyncio.create_task(_gone(receive))
        await asyncio.wait({reading, leaving}, return_when=asyncio.FIRST_COMPLETED)
        for task in (reading, leaving):
            task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await reading

    def _end(self, owner: int) -> None:
        for topic in self._topics.values():
            own = [reader for reader in topic.readers if reader.owner == owner]
            for reader in own:
                reader.ended = True
            if own:
                topic.add(-1, b"")

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT)
            for topic in self._topics.values():
                topic.add(-1, BEAT)

    async def _missed(self, topic: str, last_id: int | None) -> list[Heard]:
        """After a restart thousands come back with the same last id: they share one query."""
        if last_id is None:
            return []
        key = (topic, last_id)
        if key not in self._missing:
            self._missing[key] = asyncio.create_task(self._look_up(topic, last_id))
            self._missing[key].add_done_callback(lambda _: self._missing.pop(key))
        return await asyncio.shield(self._missing[key])

    async def _look_up(self, topic: str, last_id: int) -> list[Heard]:
        async with self._catching, await self._connect() as connection:
            missed = f"topic = %s AND {KNOWN} AND {SINCE}"
            return await rows(connection, missed, topic, *[last_id] * 3, most=REPLAYED)


BEAT = b": still here\n\n"


async def _send(send: Any, told: AsyncIterator[bytes]) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    try:
        async for one in told:
            await send({"type": "http.response.body", "body": one, "more_body": True})
    except (psycopg.OperationalError, OSError) as error:
        # What the reader missed cannot be said now: it comes back and asks again.
        log.warning("streams: PostgreSQL is away (%s)", error)
    await send({"type": "http.response.body", "body": b""})


async def _gone(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def message(told: Heard) -> bytes:
    """One event in the stream's format."""
    body = json.dumps(told.data, separators=(",", ":"), ensure_ascii=False)
    return f"id: {told.id}\nevent: {told.kind}\ndata: {body}\n\n".encode()

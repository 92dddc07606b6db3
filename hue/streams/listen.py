"""Hearing what is told: every row once, in the order of its commit, for ever."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterable
from typing import Any, NamedTuple

import psycopg
from django.db import connection

from hue.streams.tell import CHANNEL, TAKEN_BACK

log = logging.getLogger(__name__)
REMEMBERED = 10_000
COLUMNS = "SELECT id, topic, kind, data FROM streams_told"
STANDS = f"kind <> '{TAKEN_BACK}'"
# A lower id may commit after a higher one was heard. Whatever committed later than the row `id`
# has a transaction that was not over when that row was told: so this misses nothing.
SINCE = "transaction >= coalesce((SELECT horizon FROM streams_told WHERE id = %s), 0) AND id <> %s"


async def connect() -> psycopg.AsyncConnection[Any]:
    """A connection of its own to the application's database."""
    params = connection.get_connection_params()
    for ours in ("cursor_factory", "context"):
        params.pop(ours, None)
    return await psycopg.AsyncConnection.connect(**params, autocommit=True)


class Heard(NamedTuple):
    id: int
    topic: str
    kind: str
    data: dict[str, Any]


class Ear:
    """`connect` makes a psycopg async connection. After a pause it catches up from `last`."""

    def __init__(self, connect: Any, *, last: int | None = None) -> None:
        self._connect, self.last = connect, last
        self._heard: OrderedDict[int, None] = OrderedDict()

    async def listen(self) -> AsyncIterator[Heard]:
        """When PostgreSQL is away, try again each second."""
        while True:
            try:
                async for told in self._listen():
                    yield told
            except (psycopg.OperationalError, OSError) as error:
                log.warning("streams: PostgreSQL is away (%s)", error)
            await asyncio.sleep(1)

    async def _listen(self) -> AsyncIterator[Heard]:
        async with await self._connect() as listening, await self._connect() as reading:
            await listening.execute(f"LISTEN {CHANNEL}")
            if self.last is None:
                newest = await reading.execute("SELECT coalesce(max(id), 0) FROM streams_told")
                (self.last,) = await newest.fetchone()
            else:
                for told in self._new(await rows(reading, SINCE, self.last, self.last)):
                    yield told
            async for notify in listening.notifies():
                for told in self._new(await rows(reading, "id = %s", int(notify.payload))):
                    yield told

    def _new(self, told: Iterable[Heard]) -> Iterable[Heard]:
        for one in told:
            if one.id not in self._heard:
                self._heard[one.id] = None
                if len(self._heard) > REMEMBERED:
                    self._heard.popitem(last=False)
                self.last = one.id
                yield one


async def rows(connection: Any, which: str, *values: Any, most: int | None = None) -> list[Heard]:
    """Oldest first; of more than `most` the newest."""
    newest = f"{COLUMNS} WHERE {which} AND {STANDS} ORDER BY id DESC LIMIT %s"
    found = await connection.execute(newest, [*values, most])
    return [Heard(*row) for row in reversed(await found.fetchall())]

"""From the tap on Publish to the post's page, its event, all feeds and 1,000 open streams."""

import asyncio
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from asgiref.sync import sync_to_async
from django.conf import settings

from hue.config import serve
from hue.config.bench import seed
from hue.config.bench.figures import Figure, percentile
from hue.config.bench.place import running, say, server
from hue.lib import clock
from hue.lib.ids import new_id
from hue.publishing import actions
from hue.publishing.actions.compose import Draft

STREAMS = int(os.environ.get("BENCH_STREAMS", "1000"))
TAPS = int(os.environ.get("BENCH_TAPS", "60"))
MANY = int(os.environ.get("BENCH_POSTS", "100000"))
PATIENCE = 20.0
KINDS = ("rss", "atom", "json")
FEEDS = [f"{base}feed.{kind}" for base in ("", "events/day24/") for kind in KINDS]


def figures() -> Iterator[Figure]:
    seeded = seed.force()
    seed.posts(seeded, 300, in_event=300)
    with server() as where, running(sys.executable, "-m", "hue", "work"):
        yield _measured("publish.p95_ms", seeded, where)
    say(f"{MANY:,} more posts are made")
    seed.posts(seeded, MANY, in_event=0)
    with server() as where, running(sys.executable, "-m", "hue", "work"):
        yield _measured("publish.p95_ms_100k", seeded, where)


def _measured(name: str, seeded: seed.Seeded, where: serve.Address) -> Figure:
    files, streams = asyncio.run(_taps(seeded, where))
    both = [max(pair) for pair in zip(files, streams, strict=True)]
    parts = (
        f"files alone {percentile(files, 0.95):.0f}, streams alone {percentile(streams, 0.95):.0f}"
    )
    return Figure(name, percentile(both, 0.95), "ms", parts, target="<= 300")


async def _taps(seeded: seed.Seeded, where: serve.Address) -> tuple[list[float], list[float]]:
    readers = Readers()
    tasks = [asyncio.create_task(readers.read(where)) for _ in range(STREAMS)]
    await readers.all_open()
    files, streams = [], []
    for number in range(TAPS + 5):
        at_files, at_streams = await _tap(seeded, readers, number)
        if number >= 5:  # the first ones warm the caches up
            files.append(at_files)
            streams.append(at_streams)
        await asyncio.sleep(0.3)
    for task in tasks:
        task.cancel()
    return files, streams


async def _tap(seeded: seed.Seeded, readers: "Readers", number: int) -> tuple[float, float]:
    words = f"Tap {number}, {new_id()}, on the button."
    readers.await_words(words)
    draft = Draft(words, event=seeded.event, neighbourhood=seeded.places[number % 12])
    began = time.monotonic()
    files = asyncio.create_task(_on_disk(words, began))
    await sync_to_async(actions.compose)(by=seeded.officer, at=clock.now(), draft=draft)
    await asyncio.wait_for(readers.done.wait(), PATIENCE)
    streams = 1000 * (readers.last - began)
    return await asyncio.wait_for(files, PATIENCE), streams


async def _on_disk(words: str, began: float) -> float:
    """When the newest of them stood there: by the disk's own times, not by when we looked."""
    wall = time.time() - (time.monotonic() - began)
    root = Path(settings.PUBLIC_ROOT)
    shared = [root / path for path in ("index.html", "events/day24.html", *FEEDS)]
    while not all(file.exists() and words in file.read_text() for file in shared):
        await asyncio.sleep(0.02)
    return 1000 * (max(file.stat().st_mtime for file in shared) - wall)


class Readers:
    """Browsers with the event's page open."""

    def __init__(self) -> None:
        self.open, self.got, self.last = 0, 0, 0.0
        self.done = asyncio.Event()
        self._words = b"\0"

    def await_words(self, words: str) -> None:
        self._words, self.got = words.encode(), 0
        self.done.clear()

    async def all_open(self) -> None:
        until = time.monotonic() + 60
        while self.open < STREAMS and time.monotonic() < until:
            await asyncio.sleep(0.1)
        await asyncio.sleep(1)

    async def read(self, where: serve.Address) -> None:
        reader, writer = await asyncio.open_connection(where.host, where.port, limit=2**20)
        writer.write(b"GET /stream/event/day24 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        await reader.readuntil(b"\r\n\r\n")
        self.open += 1
        rest = b""
        while part := await reader.read(2**16):
            rest += part
            if self._words in rest:
                rest = b""
                self.got += 1
                self.last = time.monotonic()
                if self.got >= STREAMS:
                    self.done.set()
            rest = rest[-2000:]

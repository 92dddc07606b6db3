"""Rebuilding every page of 100,000 posts: pages a second and core, and the memory it takes."""

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import islice, repeat
from typing import Any

from django.conf import settings

from hue.config.bench import bare, seed
from hue.config.bench.figures import Figure, typical
from hue.config.bench.place import say
from hue.pages import files, ledger
from hue.pages.rebuild import batches
from hue.pages.sources import REGISTRY, PageSource

POSTS = int(os.environ.get("BENCH_POSTS", "100000"))
ROUNDS = 5
ROUND = min(3000, POSTS // ROUNDS)


def figures() -> Iterator[Figure]:
    say(f"{POSTS:,} posts are made")
    seed.posts(seed.force(), POSTS, in_event=300)
    rates = [_assembled(number) for number in range(ROUNDS)]
    floor = typical([_bare(number) for number in range(ROUNDS)])
    yield _beside("build.pages_per_s", typical(rates), floor, ">= 3000")
    with_reads = [_with_reads(number) for number in range(ROUNDS)]
    yield _beside("build.pages_per_s_with_reads", typical(with_reads), floor, ">= 1000")
    say("everything is rebuilt")
    yield _rebuilt()


def _beside(name: str, ours: float, floor: float, target: str) -> Figure:
    words = f"bare files of 7 kB: {floor:,.0f}/s; medians of {ROUNDS}"
    return Figure(name, ours, "pages/s", words, ours / floor, target)


def _rebuilt() -> Figure:
    """In a process of its own, whose memory the making of the posts has not touched."""
    began = time.monotonic()
    call = [sys.executable, "-m", "hue", "build-pages"]
    child = subprocess.Popen(call, stdout=sys.stderr)
    _, status, used = os.wait4(child.pid, 0)
    assert status == 0, "the rebuild failed; its words are above"
    took = time.monotonic() - began
    whole = f"the most it ever held; one run, all of {POSTS:,} posts in {took:.0f} s, index signed"
    return Figure("build.rss_mb", used.ru_maxrss / 1024, "MB", whole, target="<= 300")


def _assembled(number: int) -> float:
    """Pages of rows that were read before: joined, compressed, written. A core's seconds."""
    source = REGISTRY["publishing.post"]
    items = list(_items(source, _keys(number)))
    began = time.process_time()
    for start in range(0, len(items), 200):
        with ledger.together():
            _write(source, items[start : start + 200])
    return len(items) / (time.process_time() - began)


def _with_reads(number: int) -> float:
    """The same with the database's part, by the clock on the wall."""
    source = REGISTRY["publishing.post"]
    keys = _keys(number)
    began = time.monotonic()
    for step in batches(keys, 200):
        with ledger.together():
            _write(source, _items(source, step))
    return len(keys) / (time.monotonic() - began)


def _items(source: PageSource, keys: list[str]) -> Iterator[Any]:
    return (item for _, item in source.many(keys))


def _write(source: PageSource, items: Iterable[Any]) -> None:
    for item in items:
        for file in source.files(item):
            files.write(*file)


def _keys(number: int) -> list[str]:
    return list(islice(REGISTRY["publishing.post"].keys(), number * ROUND, (number + 1) * ROUND))


def _bare(number: int) -> float:
    """What the disk takes: the same number of files of that size, without a word of ours."""
    folder = settings.PUBLIC_ROOT / f"bare-{number}"
    folder.mkdir(parents=True)
    began = time.process_time()
    bare.write(folder, repeat(b"x" * 7000, ROUND))
    return ROUND / (time.process_time() - began)

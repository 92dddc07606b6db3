"""Which public pages were written since the signed index was: one line each, read by `index`."""

import hashlib
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

# What the index vouches for: pages and feeds, not their by-products.
VOUCHED = (".html", ".rss", ".atom")
REMOVED = "-"
_waiting: deque[str] = deque()  # two jobs of one worker may write at once
_together: list[bool] = []


def note(path: str, content: bytes | None) -> None:
    """`content` None: the page is gone."""
    if not vouched(path):
        return
    digest = REMOVED if content is None else hashlib.sha256(content).hexdigest()
    _waiting.append(f"{digest} {path}\n")
    if not _together:
        _append()


@contextmanager
def together() -> Iterator[None]:
    """What is noted inside is written at once at its end: for many pages in a row."""
    _together.append(True)
    try:
        yield
    finally:
        _together.pop()
        _append()


def vouched(path: str) -> bool:
    return path.endswith(VOUCHED) or path.endswith("feed.json")


def start_anew() -> None:
    """Before a whole rebuild: what was noted so far will be noted again."""
    _file().unlink(missing_ok=True)
    _taken().unlink(missing_ok=True)


def has_news() -> bool:
    return _file().exists() or _taken().exists()


def take() -> Iterator[tuple[str, str]]:
    """(path, digest) of what was written, oldest first; `done` forgets them."""
    file, taken = _file(), _taken()
    if file.exists() and not taken.exists():
        file.rename(taken)
        time.sleep(0.05)  # whoever had just opened the old name has written by then
    if taken.exists():
        with taken.open() as lines:
            for line in lines:
                digest, _, path = line.rstrip("\n").partition(" ")
                if path:
                    yield path, digest


def done() -> None:
    _taken().unlink(missing_ok=True)


def _append() -> None:
    lines = "".join(_taken_out())
    if not lines:
        return
    file = _file()
    file.parent.mkdir(parents=True, exist_ok=True)
    # Opened each time: another process may have taken the file away meanwhile.
    with file.open("a") as handle:
        handle.write(lines)


def _taken_out() -> Iterator[str]:
    with suppress(IndexError):
        while True:
            yield _waiting.popleft()


def _file() -> Path:
    return Path(settings.PUBLIC_ROOT).parent / "log" / "written"


def _taken() -> Path:
    return _file().with_suffix(".taken")

"""Counting how often pages are asked for: time, status and path, never who asked.

The one-box server writes these lines itself; nginx writes the same with
`log_format hue_views '$time_iso8601 $status $uri';`.
"""

import os
import time
from collections import Counter
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F

from hue.lib import clock
from hue.pages.models import Views

FLUSH = 1.0  # seconds
FOLDER = "asked"
LONGEST = 200


class Log:
    """Lines kept for a second, then appended at once; one file a process."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / f"{os.getpid()}.log"
        self._lines: list[str] = []
        self._due = 0.0

    def add(self, status: int, path: str) -> None:
        if not _counts(path):
            return
        self._lines.append(f"{status} {path}\n")
        now = time.monotonic()
        if now >= self._due:
            self._due = now + FLUSH
            self.flush()

    def flush(self) -> None:
        stamp = clock.stamp(clock.now())
        text = "".join(f"{stamp} {line}" for line in self._lines)
        self._lines.clear()
        self._file.parent.mkdir(parents=True, exist_ok=True)
        # Opened each time: the job takes the file away to count it.
        with self._file.open("a") as handle:
            handle.write(text)


def folder() -> Path:
    return Path(settings.HUE_DATA) / "log" / FOLDER


def count() -> int:
    """Add what was written to the figures; how many views. A file is renamed, then counted."""
    place, total = folder(), 0
    for file in sorted(place.glob("*.counting")):
        total += _count(file)
    for file in sorted(place.glob("*.log")):
        file.rename(file.with_suffix(f".{time.time_ns()}.counting"))
    return total


def _count(file: Path) -> int:
    seen: Counter[tuple[str, date]] = Counter()
    with file.open(errors="replace") as lines:
        for line in lines:
            if view := _view(line):
                seen[view] += 1
    with transaction.atomic():
        for (path, day), views in sorted(seen.items()):
            _add(path, day, views)
        file.unlink()
    return seen.total()


def _view(line: str) -> tuple[str, date] | None:
    """Page and day. A line may be cut off, or hold what a stranger asked for to confuse us."""
    stamp, _, rest = line.rstrip("\n").partition(" ")
    status, _, path = rest.partition(" ")
    if status not in {"200", "304"} or not _counts(path):
        return None
    try:
        return path, date.fromisoformat(stamp[:10])
    except ValueError:
        return None


def _counts(path: str) -> bool:
    return path.endswith("/") and len(path) <= LONGEST and path.isprintable()


def _add(path: str, day: date, views: int) -> None:
    row, new = Views.objects.get_or_create(path=path, day=day, defaults={"count": views})
    if not new:
        Views.objects.filter(pk=row.pk).update(count=F("count") + views)

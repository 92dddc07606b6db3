"""The only place that reads the time. A demonstration may run it faster, for all processes."""

import json
import os
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone


class Pace(NamedTuple):
    """At real time `real` (UTC) it was `shown`; since then `rate` seconds pass in each second."""

    real: datetime
    shown: datetime
    rate: float


_read: tuple[float, Pace] | None = None


def now() -> datetime:
    """The time as the software sees it, in UTC."""
    return as_shown(real_now())


def as_shown(real: datetime) -> datetime:
    """What this clock showed at a time of the world outside, such as a phone's."""
    pace = _pace()
    if pace is None:
        return real
    return pace.shown + (real - pace.real) * pace.rate


def real_now() -> datetime:
    """The time of the machine: for what leaves the house, such as a certificate or a cookie."""
    return datetime.now(UTC)


def run_at(rate: float, *, shown: datetime) -> None:
    """From now on the clock shows `shown` and runs `rate` times as fast, in every process."""
    file = _file()
    file.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"real": real_now().isoformat(), "shown": shown.isoformat(), "rate": rate})
    temporary = file.with_suffix(".new")
    temporary.write_text(text)
    temporary.replace(file)


def reset() -> None:
    _file().unlink(missing_ok=True)


def rate() -> float:
    pace = _pace()
    return 1.0 if pace is None else pace.rate


def day_of(day: date) -> tuple[datetime, datetime]:
    """Its first and its last moment where the force is: 23 or 25 hours when clocks change."""
    first, last = (datetime.combine(day, moment) for moment in (time.min, time.max))
    return timezone.make_aware(first), timezone.make_aware(last)


def stamp(at: datetime) -> str:
    """For machines: "2026-07-09T11:00:00Z"."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def hour_and_minute(at: datetime) -> str:
    """As clocks show it where the force is: "12:05"."""
    return f"{timezone.localtime(at):%H:%M}"


def in_words(span: timedelta) -> str:
    """ "3 minutes", "24 h", "2 h 5 min", "4 days"."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 60:
        return "1 minute" if minutes == 1 else f"{minutes} minutes"
    if minutes < 48 * 60:
        rest = f" {minutes % 60} min" if minutes % 60 else ""
        return f"{minutes // 60} h{rest}"
    return f"{minutes // 1440} days"


def _file() -> Path:
    return Path(settings.HUE_DATA) / "clock.json"


def _pace() -> Pace | None:
    global _read
    try:
        # Asked for every page of a rebuild: a path object would take longer than the disk.
        changed = os.stat(f"{settings.HUE_DATA}/clock.json").st_mtime_ns
    except FileNotFoundError:
        return None
    if _read is None or _read[0] != changed:
        raw = json.loads(_file().read_text())
        pace = Pace(
            datetime.fromisoformat(raw["real"]), datetime.fromisoformat(raw["shown"]), raw["rate"]
        )
        _read = (changed, pace)
    return _read[1]

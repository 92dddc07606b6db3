"""The figures of a live event: totals in words, the chart's sums, links by hour."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format

from hue.events.models import LiveEvent
from hue.incidents.kinds import KINDS
from hue.lib import clock
from hue.publishing import queries
from hue.publishing.announce import hour_key, hour_of

Hour = queries.Hour
BAR, GAP, TALL = 8, 2, 100
LABEL_EVERY = 6
MOST_BARS = 10
LONG_DAY = timedelta(hours=3)


def hour_url(event: LiveEvent, at: datetime) -> str:
    return f"/events/{event.hashtag}/{hour_key(at)}/"


def label(at: datetime) -> str:
    return f"{timezone.localtime(at):%H}:00"


def chart(event: LiveEvent, hours: Sequence[Hour]) -> dict[str, Any] | None:
    """Calls by hour, quiet hours too: bars, and the rows of the table behind them."""
    if not any(hour.calls for hour in hours):
        return None
    known = {hour_key(hour.at): hour for hour in hours}
    top = max(hour.calls for hour in hours)
    bars = [
        _bar(event, number, at, known.get(hour_key(at)), top)
        for number, at in enumerate(_all_hours(event, hours))
    ]
    return {
        "width": len(bars) * (BAR + GAP),
        "bars": bars,
        "top": top,
    }


def kinds(event: LiveEvent) -> dict[str, Any] | None:
    """Calls by kind, the most frequent first. Beyond ten bars the rarer kinds are one number: a bar
    of them together would dwarf the others."""
    rows = [(KINDS.get(kind, kind), calls) for kind, calls in queries.event_kinds(event)]
    if not rows:
        return None
    top, rarer = rows[0][1], rows[MOST_BARS:]
    return {
        "bars": [
            {"label": label, "calls": calls, "width": max(1, round(100 * calls / top))}
            for label, calls in rows[:MOST_BARS]
        ],
        "rarer": {"kinds": len(rarer), "calls": sum(calls for _, calls in rarer)},
        "rows": rows,
    }


def summary(event: LiveEvent, hours: Sequence[Hour], totals: list[dict[str, Any]]) -> str:
    """A few sentences on top of a long day, instead of a scroll."""
    if clock.now() - event.starts_at < LONG_DAY or not any(hour.calls for hour in hours):
        return ""
    busiest = max(hours, key=lambda hour: hour.calls)
    told = {
        "totals": {total["label"]: total["value"] for total in totals},
        "busiest": {
            "url": hour_url(event, busiest.at),
            "label": label(busiest.at),
            "calls": busiest.calls,
        },
    }
    return render_to_string("publishing/summary.html", told)


def hours_shelf(event: LiveEvent, hours: Sequence[Hour], current: datetime) -> dict[str, Any]:
    """The hours of the day as links, for the pages of one hour."""
    entries = [
        {
            "label": label(hour.at),
            "url": hour_url(event, hour.at),
            "count": hour.threads,
            "current": hour_key(hour.at) == hour_key(current),
        }
        for hour in hours
        if hour.at <= current  # what comes later would change this page with every hour
    ]
    return {"heading": "Hour by hour", "entries": entries}


def _bar(event: LiveEvent, n: int, at: datetime, hour: Hour | None, top: int) -> dict[str, Any]:
    calls = hour.calls if hour else 0
    height = round(TALL * calls / top)
    now = clock.now()
    return {
        "x": n * (BAR + GAP),
        "y": TALL - height,
        "height": height,
        "label": label(at) if n % LABEL_EVERY == 0 else "",
        "hour": date_format(timezone.localtime(at), "l H:i"),
        "calls": calls,
        "now": event.state == "live" and hour_key(at) == hour_key(now),
        "url": hour_url(event, at) if hour else "",
    }


def _all_hours(event: LiveEvent, hours: Sequence[Hour]) -> list[datetime]:
    """Every hour that clocks show, from the event's start to its end or the last thread after.

    Counted in UTC: where clocks go back two hours have one name, where they go forward none.
    """
    first = min(hour_of(event.starts_at), *(hour.at for hour in hours)).astimezone(UTC)
    last = max(event.ends_at - timedelta(seconds=1), *(hour.at for hour in hours))
    steps = int((last - first) / timedelta(hours=1)) + 1
    every = [first + timedelta(hours=step) for step in range(min(steps, 24 * 14))]
    return list({hour_key(at): at for at in reversed(every)}.values())[::-1]

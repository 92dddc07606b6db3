"""What was counted of an account day by day: a small line, and the same as a table."""

from datetime import datetime
from typing import Any

from hue.channels.models import Account, Day
from hue.channels.queries import days_of, own_days
from hue.fediverse import names

WIDE, HIGH, EDGE = 120, 24, 2


def of(account: Account | None, actor: str = "", *, at: datetime) -> dict[str, Any]:
    """Nothing before the first day."""
    days = days_of(account, actor, at=at)
    counted = [one for one in days if one.followers is not None]
    if not days:
        return {}
    told: dict[str, Any] = {"days": list(reversed(days)), "line": "", "says": ""}
    if counted:
        told |= {"line": _line(counted), "says": _says(counted), "now": counted[-1].followers}
    return told


def of_our_own(*, at: datetime) -> list[dict[str, Any]]:
    """One line for each account on our own server; by one query, however many they are."""
    by_name: dict[str, list[Day]] = {}
    for day in own_days(at=at):
        by_name.setdefault(day.actor, []).append(day)
    return [
        {"name": names.handle(name), "line": _line(days), "says": _says(days), "now": days[-1]}
        for name, days in sorted(by_name.items())
    ]


def _line(days: list[Day]) -> str:
    """The points of a line through WIDE x HIGH, by day."""
    counts = [one.followers or 0 for one in days]
    low, span = min(counts), (max(counts) - min(counts)) or 1
    first, length = days[0].day, (days[-1].day - days[0].day).days or 1
    points = []
    for day, count in zip(days, counts, strict=True):
        x = EDGE + (WIDE - 2 * EDGE) * (day.day - first).days / length
        y = HIGH - EDGE - (HIGH - 2 * EDGE) * (count - low) / span
        points.append(f"{x:.1f},{y:.1f}")
    return " ".join(points)


def _says(days: list[Day]) -> str:
    first, last = days[0].followers or 0, days[-1].followers or 0
    many = "1 follower" if last == 1 else f"{last:,} followers"
    if len(days) == 1:
        return many
    since = f"{days[0].day:%-d %B}"
    if last == first:
        return f"{many}, as many as on {since}"
    return f"{many}, {abs(last - first):,} {'more' if last > first else 'fewer'} than on {since}"

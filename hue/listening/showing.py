"""What the desk in disorder shows, for a phone and for a wall."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from hue.lib import clock
from hue.listening.map import shaded
from hue.listening.models import Danger, Rumour
from hue.listening.queries import claims, rumours
from hue.listening.queries.watches import running_for
from hue.listening.register import STATES
from hue.listening.spark import spark
from hue.people.roles import ROLES

TWO_MINUTES = timedelta(minutes=2)
FIRST = 12


def desk(role: str, *, at: datetime) -> dict[str, Any]:
    rows = claims.ranked(role, at=at)
    known = rumours.of_claims(role, [row["claim"] for row in rows[:FIRST]])
    places = claims.by_place(role, at=at)
    hour = claims.lately(role, [row["claim"] for row in rows[:FIRST]], at=at)
    return {
        "role": role,
        "role_name": ROLES[role].name,
        "watches": running_for(role, at=at),
        "dangers": [danger(one, at=at) for one in claims.dangers(role)],
        "claims": [
            {
                **row,
                "known": told(known.get(row["claim"])),
                "spark": spark(hour[row["claim"]], "5 minutes of the last hour"),
            }
            for row in rows[:FIRST]
        ],
        "answers": _answers(at=at),
        "more": max(0, len(rows) - FIRST),
        "newest": sorted(rows, key=lambda row: row["first_at"], reverse=True)[:6],
        "stories": _bars(claims.stories(rows)[:8], "new_60"),
        "asked": claims.asked_most(role, at=at),
        "saw": claims.eyewitnesses(role, at=at),
        "places": _bars(places[:20], "posts"),
        "map": shaded(places),
        "minutes": claims.GROWTH,
        "at": at,
    }


def told(rumour: Rumour | None) -> dict[str, Any] | None:
    """What the register says of a claim."""
    if rumour is None:
        return None
    return {"rumour": rumour, "stands": STATES[rumour.state][0]}


def _answers(*, at: datetime) -> dict[str, Any]:
    found = rumours.answers(at=at)
    took = found["median"]
    return {**found, "median": clock.in_words(took) if took is not None else ""}


def danger(found: Danger, *, at: datetime) -> dict[str, Any]:
    """With its clock: two minutes from when it was seen."""
    left = TWO_MINUTES - (at - found.since)
    return {
        "danger": found,
        "remark": found.remark,
        "why": ", ".join(found.risks),
        "late": left < timedelta(0),
        "left": int(left.total_seconds()),
        "clock": _minutes(left),
        "handed": found.state == "handed_off",
    }


def _minutes(left: timedelta) -> str:
    """ "1:20", and "3 minutes late"."""
    seconds = int(left.total_seconds())
    if seconds < 0:
        return f"{clock.in_words(-left)} late"
    return f"{seconds // 60}:{seconds % 60:02}"


def _bars(rows: list[dict[str, Any]], by: str) -> list[dict[str, Any]]:
    most = max((row[by] for row in rows), default=0) or 1
    return [{**row, "share": round(100 * row[by] / most)} for row in rows]


def figures_told(figures: dict[str, Any]) -> dict[str, Any]:
    """The figures of a summary as sentences and as tables, for page and paper."""
    wait, late = figures.get("seconds"), figures["late"]
    handed = f"handed off: {figures['handed_off']}"
    if wait is not None:
        handed += f", half of them within {wait} seconds; later than two minutes: {late}"
    lines = [
        f"Remarks: {figures['remarks']}; wordings: {figures['wordings']}",
        f"Claims: {figures['claims']}; of these answered already: {figures['answered']}",
        f"Remarks that ask something: {figures['asked']}",
        f"Experienced: remarks by people who say that they saw it: {figures['experienced']}",
        f"Evidenced: incidents that the force recorded in that time: {figures['evidenced']}",
        f"Potential: remarks that speak of a threat: {figures['potential']}",
        f"Risks to life: {figures['dangers']}; {handed}",
    ]
    tables = [
        ("When", figures["by"].capitalize(), [[_step(at), n] for at, n in figures["times"]]),
        ("Where", "Place", figures["places"]),
        ("What it was about", "Kind", figures["kinds"]),
    ]
    return {
        "lines": lines,
        "tables": [
            {"title": title, "head": head, "rows": rows} for title, head, rows in tables if rows
        ],
    }


def _step(at: str) -> str:
    return date_format(timezone.localtime(datetime.fromisoformat(at)), "D j M, H:i")

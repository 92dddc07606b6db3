"""What a drill showed: how soon claims were spotted and answered, and which rules were broken."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from django.conf import settings

from hue.audit.models import Entry
from hue.drill import script
from hue.drill.models import Drill
from hue.drill.spotting import had_at, rumour_of
from hue.lib import clock
from hue.listening.models import Danger, Rumour

FILE = "score.json"
# What is said first reaches most: after an hour without an answer a dangerous claim is believed.
LATE = timedelta(minutes=60)
DANGEROUS = frozenset({"high", "life"})
# Entries of the record that are a rule broken, and what the score calls it.
BROKEN = {
    "rumour.missed": "a promised look was missed",
    "post.stopped": "the guard had to stop a post",
    "post.withdrawn": "a post had to be withdrawn",
    "post.corrected": "a post had to be corrected",
}


@dataclass(frozen=True)
class Line:
    """One claim; times in minutes after the engine had it. None: not yet, or never."""

    question: str
    spotted: int | None
    answered: int | None
    said: str
    right: bool | None  # None: nothing was decided


@dataclass(frozen=True)
class Score:
    title: str
    speed: float
    minutes: int
    ended: str
    lines: list[Line]
    broken: dict[str, int]
    spot: int | None  # the median
    answer: int | None

    @property
    def spotted(self) -> int:
        return sum(line.spotted is not None for line in self.lines)

    @property
    def answered(self) -> int:
        return sum(line.answered is not None for line in self.lines)


def score(drill: Drill, *, at: datetime) -> Score:
    event = script.events()[drill.event]
    until = drill.ended_at or at
    pairs = [
        (claim, line) for claim in event.claims.values() if (line := _line(drill, claim, until))
    ]
    lines = [line for _, line in pairs]
    return Score(
        title=event.title,
        speed=drill.speed,
        minutes=_minutes(until - drill.began_at),
        ended=clock.stamp(drill.ended_at) if drill.ended_at else "",
        lines=lines,
        broken=_broken(drill, pairs, until),
        spot=_median([line.spotted for line in lines]),
        answer=_median([line.answered for line in lines]),
    )


def keep(drill: Drill, *, at: datetime) -> None:
    """Beside the drill's own files: the desk of the force reads it from there."""
    told = {**asdict(score(drill, at=at)), "event": drill.event}
    Path(settings.HUE_DATA, FILE).write_text(json.dumps(told, indent=1), encoding="utf-8")


def past() -> list[dict[str, Any]]:
    """The scores of the drills that were played beside this installation, the newest first."""
    files = Path(settings.HUE_DATA, "drills").glob(f"*/{FILE}")
    found = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    return sorted(found, key=lambda told: str(told["ended"]), reverse=True)


def _line(drill: Drill, claim: script.Claim, until: datetime) -> Line | None:
    """None while nobody has said it yet. The clock runs from when the engine had it; what it does
    not hear, from when the first person asked."""
    cue = drill.cues.filter(claim=claim.key).exclude(played_at=None).order_by("due_at").first()
    since = had_at(drill, claim.key) or (cue.due_at if cue else None)
    if since is None:
        return None
    rumour = rumour_of(drill, claim.key)
    if rumour is None:
        return Line(claim.question, None, None, "", None)
    decided = rumour.state not in {"unverified", "merged"}
    return Line(
        question=claim.question,
        spotted=_minutes(max(rumour.opened_at, since) - since),
        answered=_answered(rumour, since, until),
        said=rumour.get_state_display() if decided else "",
        right=rumour.state == claim.truth if decided else None,
    )


def _answered(rumour: Rumour, since: datetime, until: datetime) -> int | None:
    """That we do not answer, and who does, is the answer where others investigate."""
    independent = rumour.state == "independent" and rumour.shown_at is not None
    at = rumour.countered_at or (rumour.shown_at if independent else None)
    return _minutes(max(at, since) - since) if at and at <= until else None


def _broken(
    drill: Drill, pairs: list[tuple[script.Claim, Line]], until: datetime
) -> dict[str, int]:
    within = Entry.objects.filter(at__gte=drill.began_at, at__lte=until)
    told = {words: within.filter(kind=kind).count() for kind, words in BROKEN.items()}
    told["an answer that the facts do not bear"] = sum(line.right is False for _, line in pairs)
    told["a dangerous claim without an answer for an hour"] = sum(
        _left_alone(drill, claim, line, until) for claim, line in pairs
    )
    told["a risk to life that nobody handed off in two minutes of the room"] = _not_handed_off(
        drill, until
    )
    return {words: count for words, count in told.items() if count}


def _not_handed_off(drill: Drill, until: datetime) -> int:
    """RSK-5 gives two minutes. The drill's clock is faster than hands are."""
    within = timedelta(minutes=2) * drill.speed
    found = Danger.objects.filter(since__gte=drill.began_at, since__lte=until)
    return sum((one.handed_at or until) - one.since > within for one in found)


def _left_alone(drill: Drill, claim: script.Claim, line: Line, until: datetime) -> bool:
    if claim.harm not in DANGEROUS:
        return False
    if line.answered is not None:
        return timedelta(minutes=line.answered) > LATE
    return until - (drill.began_at + timedelta(minutes=claim.starts)) > LATE


def _median(values: list[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return round(median(known)) if known else None


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)

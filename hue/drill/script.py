"""Written events, read from `events/*.toml`: what people say, when it comes, what is so."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "events"


@dataclass(frozen=True)
class Claim:
    """`truth` is the verdict that the facts bear; what the desk decides is measured by it."""

    key: str
    question: str
    truth: str
    harm: str
    subject: str
    starts: int  # minutes after the event opened
    total: int  # how often it is seen in all
    words: tuple[str, ...]
    sources: dict[str, int]
    place: str = ""


@dataclass(frozen=True)
class Cue:
    minute: int
    key: str
    what: str
    claim: str = ""
    facts: dict[str, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Event:
    slug: str
    title: str
    says: str
    hours: int
    curve: tuple[int, ...]  # share of each half hour after a claim began
    claims: dict[str, Claim]
    injects: tuple[dict[str, Any], ...]


@cache
def events() -> dict[str, Event]:
    return {file.stem: _read(file) for file in sorted(FOLDER.glob("*.toml"))}


def _read(file: Path) -> Event:
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    claims = [
        Claim(**{**one, "words": tuple(one["words"]), "subject": one.get("subject", "other")})
        for one in told["claim"]
    ]
    return Event(
        slug=file.stem,
        title=told["title"],
        says=told["says"],
        hours=told["hours"],
        curve=tuple(told["curve"]),
        claims={claim.key: claim for claim in claims},
        injects=tuple(told["inject"]),
    )


def cues(event: Event) -> list[Cue]:
    """Everything that happens, in order of time; the same each time."""
    found = [cue for claim in event.claims.values() for cue in _of_claim(event, claim)]
    for number, one in enumerate(event.injects):
        found.append(Cue(one["minute"], f"inject-{number:02}", "inject", facts=one))
    return sorted(found, key=lambda cue: (cue.minute, cue.key))


def _of_claim(event: Event, claim: Claim) -> Iterator[Cue]:
    """Each half hour its share: one question to us in front, the sightings after it."""
    whole = sum(event.curve)
    for step, share in enumerate(event.curve):
        count = round(claim.total * share / whole)
        minute = claim.starts + 30 * step
        if not count or minute >= event.hours * 60:
            continue
        words = claim.words[step % len(claim.words)]
        asked = {"words": words, "place": claim.place}
        yield Cue(minute, f"{claim.key}-{step:02}-asked", "asked", claim.key, asked)
        for source, part in _shared(count, claim.sources):
            seen = {"source": source, "count": part, "place": claim.place}
            key = f"{claim.key}-{step:02}-{source}"
            yield Cue(minute + 10, key, "seen", claim.key, seen)


def _shared(count: int, sources: dict[str, int]) -> Iterator[tuple[str, int]]:
    whole = sum(sources.values())
    for source, share in sources.items():
        if part := round(count * share / whole):
            yield source, part

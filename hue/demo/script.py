"""The written day: the force, its cast, and what happens when, read from `day/*.toml`."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "day"
OPENS = time(7, 0)  # local time at which the day begins


@dataclass(frozen=True)
class Cue:
    """One thing that happens, `minute` minutes after the day opened. `key` names it for ever."""

    minute: int
    key: str  # "412" for an incident of log 412, "412+1" for its first sequel
    what: str  # incident, follow_up, outcome, correction, withdrawal, guest_post
    facts: dict[str, Any] = field(compare=False)

    def due(self, opens: datetime) -> datetime:
        return opens + timedelta(minutes=self.minute)


def read(name: str) -> dict[str, Any]:
    """One of the files that are not the day itself: force, cast, notices."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text())


def cues() -> list[Cue]:
    """Everything that happens, in order of time."""
    found = [cue for number, entry in enumerate(_incidents()) for cue in _cues_of(number, entry)]
    for guest in read("cast")["guest"]:
        found.extend(_cues_of_guest(guest))
    return sorted(found, key=lambda cue: (cue.minute, cue.key))


def _incidents() -> Iterator[dict[str, Any]]:
    for file in sorted(FOLDER.glob("day-*.toml")):
        yield from tomllib.loads(file.read_text())["incident"]


def _cues_of(number: int, entry: dict[str, Any]) -> Iterator[Cue]:
    start = minute_of(entry["at"])
    facts = {name: value for name, value in entry.items() if name != "then"}
    yield Cue(start, f"{number:03}", "incident", facts)
    for place, sequel in enumerate(entry.get("then", ()), 1):
        told = {**sequel, "officer": entry["officer"]}
        yield Cue(start + sequel["after"], f"{number:03}+{place}", sequel["what"], told)


def _cues_of_guest(guest: dict[str, Any]) -> Iterator[Cue]:
    for place, post in enumerate(guest["post"], 1):
        key, start = f"{guest['key']}.{place}", minute_of(post["at"])
        yield Cue(start, key, "guest_post", {"text": post["text"], "officer": guest["key"]})


def minute_of(clock: str) -> int:
    """Minutes after the day opened; what is before seven belongs to the next morning."""
    at = time.fromisoformat(clock)
    minutes = (at.hour - OPENS.hour) * 60 + at.minute - OPENS.minute
    return minutes if minutes >= 0 else minutes + 24 * 60

"""Written events, read from `events/*.toml`: what people say, when it comes, what is so."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "events"
# Where a watch may read. What is said elsewhere reaches the desk by those who ask or tell it.
OPEN_TO_ALL = frozenset({"x", "bluesky", "mastodon"})
TOLD_AGAIN = 3  # of so many posts one is told anew, the others pass it on
LOUD = 5  # of so many posts one is by the same account


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
    said: tuple[str, ...] = ()  # other wordings of what is posted


@dataclass(frozen=True)
class Post:
    """What somebody says in public. `claim` is empty where it is of none."""

    minute: float
    key: str
    by: str
    text: str
    claim: str = ""
    reshare_of: str = ""


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
    listening: dict[str, Any]  # the watch and the source in words
    begins: tuple[str, ...]  # how people begin and end what they pass on
    ends: tuple[str, ...]
    places: tuple[str, ...]
    posts: tuple[dict[str, Any], ...]


@cache
def events() -> dict[str, Event]:
    return {file.stem: _read(file) for file in sorted(FOLDER.glob("*.toml"))}


def _read(file: Path) -> Event:
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    claims = [
        Claim(
            **{
                **one,
                "words": tuple(one["words"]),
                "said": tuple(one.get("said", ())),
                "subject": one.get("subject", "other"),
            }
        )
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
        listening={"watch": told["watch"], "source": told["source"]},
        begins=tuple(told["begins"]),
        ends=tuple(told["ends"]),
        places=tuple(told["places"]),
        posts=tuple(told["post"]),
    )


def posts(event: Event) -> tuple[Post, ...]:
    """Everything that is said in public, in order of time; the same each time."""
    return _posts(event.slug)


def cues(event: Event) -> list[Cue]:
    """Everything that happens, in order of time; the same each time."""
    found = [cue for claim in event.claims.values() for cue in _of_claim(event, claim)]
    for number, one in enumerate(event.injects):
        found.append(Cue(one["minute"], f"inject-{number:02}", "inject", facts=one))
    return sorted(found, key=lambda cue: (cue.minute, cue.key))


@lru_cache(maxsize=4)
def _posts(slug: str) -> tuple[Post, ...]:
    event = events()[slug]
    found = [post for claim in event.claims.values() for post in _said(event, claim)]
    for number, one in enumerate(event.posts):
        found.append(Post(one["minute"], f"post-{number:02}", f"account {number}", one["says"]))
    return tuple(sorted(found, key=lambda post: (post.minute, post.key)))


def _said(event: Event, claim: Claim) -> Iterator[Post]:
    """On the curve: some tell it anew, most pass on what was told last."""
    whole = sum(event.curve) * sum(claim.sources.values())
    heard = sum(part for source, part in claim.sources.items() if source in OPEN_TO_ALL)
    number, told = 0, Post(0, "", "", "")
    for step, share in enumerate(event.curve):
        count = round(claim.total * share * heard / whole)
        for n in range(count):
            minute = claim.starts + 30 * step + 30 * n / count
            if minute >= event.hours * 60:
                return
            key = f"{claim.key}-{number:04}"
            by = f"{claim.key} loud" if number % LOUD == LOUD - 1 else f"{key} account"
            if number % TOLD_AGAIN == 0:
                words = _telling(event, claim, number // TOLD_AGAIN)
                told = Post(minute, key, by, words, claim.key)
                yield told
            else:
                yield Post(minute, key, by, f"RT {told.text}", claim.key, told.key)
            number += 1


def _telling(event: Event, claim: Claim, number: int) -> str:
    """Another wording each time, with what people put around it, until all were said."""
    wordings = claim.words + claim.said
    words = wordings[number % len(wordings)]
    turn = number // len(wordings)
    place = event.places[number % len(event.places)]
    begin, end = event.begins[turn % len(event.begins)], event.ends[number % len(event.ends)]
    return f"{begin} {words} {end}".replace("{place}", place).strip()


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
            if source in OPEN_TO_ALL:
                continue  # a watch hears that
            seen = {"source": source, "count": part, "place": claim.place}
            key = f"{claim.key}-{step:02}-{source}"
            yield Cue(minute + 10, key, "seen", claim.key, seen)


def _shared(count: int, sources: dict[str, int]) -> Iterator[tuple[str, int]]:
    whole = sum(sources.values())
    for source, share in sources.items():
        if part := round(count * share / whole):
            yield source, part

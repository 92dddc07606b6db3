"""What goes into the engine, and what it says."""

from dataclasses import dataclass, field
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Post:
    """`at` in Unix seconds; `source` is the intake; `author` a keyed hash, only to count by."""

    id: str
    text: str
    at: float
    source: str
    author: str = ""
    reshare_of: str = ""
    quotes: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """A claim that the force has answered; `also` are other words that people use for it."""

    id: str
    text: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """`is_sure` is False where a person must look before the two are taken for one."""

    answered: str
    score: float
    is_sure: bool
    why: str


class Reading(NamedTuple):
    """All that the engine says about one post, and why."""

    id: str
    duplicate_of: str
    claim: str
    story: str
    places: tuple[str, ...]
    place_reasons: tuple[str, ...]
    language: str
    risks: tuple[str, ...]
    kind: str
    kind_sure: float
    urgency: str
    questions: tuple[str, ...]
    eyewitness: str
    matches: tuple[Match, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Growth:
    """What came in within so many minutes: all posts, and what was new among them."""

    minutes: int
    posts: int
    texts: int
    sources: int


@dataclass(frozen=True, slots=True)
class Claim:
    """Posts that say the same; `text` is how the first of them said it."""

    id: str
    story: str
    text: str
    first_post: str
    first_seen: float
    last_seen: float
    posts: int
    texts: int
    sources: int
    growth: tuple[Growth, ...]
    places: dict[str, int]
    kinds: dict[str, int]
    urgency: str
    risks: tuple[str, ...]
    questions: int
    eyewitnesses: int
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Claims about one happening; the counts are the sums of theirs."""

    id: str
    text: str
    claims: tuple[str, ...]
    first_seen: float
    last_seen: float
    posts: int
    texts: int
    growth: tuple[Growth, ...]
    places: dict[str, int]
    kinds: dict[str, int]


@dataclass(frozen=True, slots=True)
class Ranked:
    claim: Claim
    score: float
    reasons: tuple[str, ...] = field(default=())

"""What a rule is, and the few ways to write one."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from hue.guard.finding import Severity
from hue.guard.policy import Policy
from hue.guard.reading import Field, Reading

COMMAND = ("senior_investigating_officer", "gold")
FAMILIES = {
    "naming": "Who may be named",
    "proceedings": "Active proceedings",
    "personal_data": "Personal data in the words",
    "operations": "Live operations",
    "victims_first": "Victims first",
    "tone": "Tone",
    "pictures": "Pictures",
    "elections": "Before elections",
}


@dataclass(frozen=True)
class Hit:
    """A place in the folded text of a field. The sentences are the rule's unless it says more."""

    field: Field
    start: int = 0
    end: int = 0
    mend: str | None = None
    wrong: str = ""
    in_numbers: bool = False  # the offsets count in `field.numbers`


@dataclass(frozen=True)
class Example:
    """A draft in plain data; `says` tells a reader what the desk knows."""

    text: str
    context: Mapping[str, Any] = field(default_factory=dict)
    says: str = ""


def given(says: str, **context: Any) -> Callable[..., Example]:
    """A situation that several examples share; more facts may be added to one."""
    return lambda text, **more: Example(text, {**context, **more}, says)


@dataclass(frozen=True)
class Rule:
    """One check. `find` is asked only where one of `signs` stands in the draft and `when` holds.

    A sign is a word in small letters, "0" for any digit, "@", "#" or LONG_NUMBER. `phrases` names
    a list of the policy: its words are the signs.
    """

    id: str
    family: str
    severity: Severity
    wrong: str
    right: str
    source: str
    find: Callable[[Reading], Iterable[Hit]]
    caught: tuple[str | Example, ...]
    let_through: tuple[str | Example, ...]
    signs: frozenset[str] = frozenset()
    phrases: str = ""
    when: Callable[[Reading], bool] | None = None
    verified: bool = True
    may_override: tuple[str, ...] = ()

    def signs_in(self, policy: Policy) -> frozenset[str]:
        return signs_of(getattr(policy, self.phrases)) if self.phrases else self.signs


def examples(of: Iterable[str | Example]) -> Iterator[Example]:
    return (one if isinstance(one, Example) else Example(one) for one in of)


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def said(name: str) -> Callable[[Reading], Iterator[Hit]]:
    """Finds the phrases of one of the policy's lists, in every field."""

    def find(reading: Reading) -> Iterator[Hit]:
        pattern = any_of(getattr(reading.policy, name))
        for one in reading.fields:
            yield from hits(pattern, one)

    return find


def hits(pattern: re.Pattern[str], one: Field) -> Iterator[Hit]:
    """Matches in small letters; the group "here" where there is one, else the whole."""
    group: str | int = "here" if "here" in pattern.groupindex else 0
    for match in pattern.finditer(one.lower):
        yield Hit(one, match.start(group), match.end(group))


# How a phrase is written in the policy: "burglar(s)" has an ending that may be missing,
# "{him|her|them}" is one of several, "..." is up to three other words.
@lru_cache(maxsize=512)
def any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for a list of phrases; of two that begin alike the longer counts."""
    parts = sorted({_pattern(phrase) for phrase in phrases}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts) or '(?!)'})(?!\w)")


def _pattern(phrase: str) -> str:
    pattern = re.escape(phrase.lower()).replace(r"\ \.\.\.\ ", r"(?:[ ,]+[\w'-]+){0,3}[ ,]+")
    pattern = re.sub(r"\\\(([^()]*)\\\)", r"(?:\1)?", pattern)
    pattern = pattern.replace(r"\{", "(?:").replace(r"\}", ")").replace(r"\|", "|")
    return re.sub(r"\\[ \-]", r"[\\s\\-]+", pattern)


@lru_cache(maxsize=512)
def signs_of(phrases: tuple[str, ...]) -> frozenset[str]:
    """A word of each phrase without which it cannot stand there."""
    return frozenset(word for phrase in phrases for word in _signs(phrase.lower()))


def _signs(phrase: str) -> list[str]:
    """The longest plain word; where there is none, every choice that the phrase leaves."""
    plain = re.sub(r"\{[^}]*\}(?:\([a-z]*\))?", " ", phrase)
    endings = [(m[1], m[1] + m[2]) for m in re.finditer(r"([a-z]+)\(([a-z]*)\)", plain)]
    without = re.sub(r"[a-z]+\([^)]*\)", " ", plain)
    if plain_words := re.findall(r"[a-z]+", without):
        longest = max(plain_words, key=len)
        if len(longest) > 3 or not endings:
            return [longest]
    if endings:
        with_ending = max(endings, key=lambda forms: len(forms[0]))
        return [*with_ending]
    choices = re.findall(r"\{([^}]*)\}(?:\(([a-z]*)\))?", phrase)
    both = [word + end for words, end in choices for word in words.split("|")]
    return re.findall(r"[a-z]+", " ".join([*both, *(words for words, _ in choices)]))

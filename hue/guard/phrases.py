"""The policy's phrases: how one is written, and where one stands in a text.

"burglar(s)" has an ending that may be missing, "{him|her|them}" is one of several, "..." is up to
three other words. Each word of a text calls the few phrases that begin with it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from math import prod

from hue.guard.policy import Policy

_PART = re.compile(r"\{[^}]*\}|\([^)]*\)|[^{(]+")
WAYS = 10_000  # to read one phrase; the shipped ones have a third
_BEGIN = re.compile(r"\w*")


@lru_cache(maxsize=512)
def any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for a list of phrases; of two that begin alike the longer counts."""
    return re.compile(rf"(?<!\w){_longest_first(phrases)}(?!\w)")


@lru_cache(maxsize=512)
def beginnings(policy: Policy, name: str) -> dict[str, re.Pattern[str]]:
    """Of one of the policy's lists: the word that phrases begin with, and those phrases."""
    phrases: dict[str, list[str]] = defaultdict(list)
    for phrase in getattr(policy, name):
        for word in first_words(phrase.lower()):
            phrases[word].append(phrase)
    return {word: re.compile(rf"{_longest_first(of)}(?!\w)") for word, of in phrases.items()}


def found(
    begins: Mapping[str, re.Pattern[str]], starts: Mapping[str, list[int]], text: str
) -> Iterator[tuple[int, int]]:
    """From where to where, in order, none inside another; `starts` says where each word stands."""
    at = [
        match.span()
        for word in begins.keys() & starts.keys()
        for start in starts[word]
        if (match := begins[word].match(text, start))
    ]
    done = 0
    for start, end in sorted(at):
        if start >= done:
            yield start, end
            done = end


def is_sound(phrase: str) -> bool:
    """Whether it can be read: whole brackets, none inside another, and few ways to begin."""
    parts = _PART.findall(phrase)
    plain = "".join(part for part in parts if part[0] not in "{(")
    inside = "".join(part[1:-1] for part in parts if part[0] in "{(")
    ways = prod(len(_choices(part)) for part in parts)
    return "".join(parts) == phrase and ways <= WAYS and not set("{}()") & set(plain + inside)


def first_words(phrase: str) -> set[str]:
    """Every word that the phrase may begin with."""
    begun, whole = {""}, set()
    for part in _PART.findall(phrase):
        longer = {one + choice for one in begun for choice in _choices(part)}
        whole |= {_word(one) for one in longer if _word(one) != one}
        begun = {one for one in longer if _word(one) == one}
    return (whole | begun) - {""}


def _word(text: str) -> str:
    return _BEGIN.match(text)[0]  # type: ignore[index]


def _choices(part: str) -> list[str]:
    if part[0] == "(":
        return ["", part[1:-1]]
    return part[1:-1].split("|") if part[0] == "{" else [part]


def _longest_first(phrases: Iterable[str]) -> str:
    parts = sorted({_pattern(phrase) for phrase in phrases}, key=len, reverse=True)
    return f"(?:{'|'.join(parts) or '(?!)'})"


def _pattern(phrase: str) -> str:
    pattern = re.escape(phrase.lower()).replace(r"\ \.\.\.\ ", r"(?:[ ,]+[\w'-]+){0,3}[ ,]+")
    pattern = re.sub(r"\\\(([^()]*)\\\)", r"(?:\1)?", pattern)
    pattern = pattern.replace(r"\{", "(?:").replace(r"\}", ")").replace(r"\|", "|")
    return re.sub(r"\\[ \-]", r"[\\s\\-]+", pattern)

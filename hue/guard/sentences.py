"""Whom a sentence speaks of: the person who is held, or somebody else in the case."""

import re
from collections.abc import Callable
from functools import cache

HELD = re.compile(
    r"\b(?:arrest(?:ed|s)?|charged|custody|bail(?:ed)?|suspicion|suspect|suspects|defendant|accused"
    r"|nicked|remanded|warrant|wanted|detained|cells?|court|magistrates|investigation|trial)\b"
)
_OTHER = re.compile(
    r"\b(?:victims?|injured|hurt|casualty|owners?|residents?|neighbours?|witness(?:es)?|pcs?|pcso"
    r"|officers?|sergeant|sgt|inspector|constable|superintendent|detectives?|family|relatives|staff|cyclist|pedestrian|passengers?"
    r"|died|body|shopkeeper|customers?|crews?|paramedics|fans|crowd|team|colleagues?|handler|dogs?|horses?"
    r"|worker|complainant|caller|public|people|anyone|anybody|someone|somebody|volunteers?|motorcyclist"
    r"|rider|steward|firefighters?|parents?|child|children|missing|girl|patient|mum|dad)\b"
)
_MARKS = ".!?\n"


def is_of_the_held(lower: str, start: int) -> bool:
    """Whether the person spoken of last before is one who is held, and no bystander."""
    before = lower[max(0, start - 200) : start]
    held = max((one.end() for one in HELD.finditer(before)), default=0)
    other = max((one.end() for one in _OTHER.finditer(before)), default=0)
    return held >= other


def has(pattern: re.Pattern[str], lower: str) -> Callable[[int], bool]:
    """Whether the sentence that a place stands in has it; a long sentence is searched only once."""

    @cache
    def searched(begin: int, end: int) -> bool:
        return pattern.search(lower, begin, end) is not None

    return lambda start: searched(*sentence(lower, start))


def sentence(lower: str, start: int) -> tuple[int, int]:
    """From where to where the sentence goes that the place stands in."""
    begin = max(lower.rfind(mark, 0, start) for mark in _MARKS) + 1
    while begin and lower[begin : begin + 1].isdigit():  # “at 00.03”
        begin = max(lower.rfind(mark, 0, begin - 1) for mark in _MARKS) + 1
    ends = [at for mark in _MARKS if (at := lower.find(mark, start)) >= 0]
    return begin, min(ends, default=len(lower))

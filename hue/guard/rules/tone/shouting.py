"""Whole words in capitals read as shouting, and badly by screen readers."""

import re
from collections.abc import Iterator
from functools import lru_cache

from hue.guard.finding import Severity
from hue.guard.reading import Field, Reading
from hue.guard.rule import Hit, Rule

RUN = re.compile(
    r"[A-Z](?<![\w#@/.].)[A-Z']+(?:[ ,!'\-]{1,2}(?:[A-Z][A-Z']+|[AI](?=[ ,!])))*(?![\w@.]\w)"
)
WORD = re.compile(r"[A-Z']+")


def find(reading: Reading) -> Iterator[Hit]:
    for field in reading.fields:
        if not field.name.startswith("file_names"):
            yield from _shouted(field, reading)


def _shouted(field: Field, reading: Reading) -> Iterator[Hit]:
    known = _known(reading.policy.shouted_abbreviations)
    for match in RUN.finditer(field.text):
        words = [word for word in WORD.findall(match.group()) if len(word) > 1]
        strange = [word for word in words if word not in known]
        if len(strange) >= reading.policy.shouting_from_words or _is_one_long(words, strange):
            start, end = match.span()
            yield Hit(field, start, end, mend=match.group().capitalize())


def _is_one_long(words: list[str], strange: list[str]) -> bool:
    return len(words) == len(strange) == 1 and len(strange[0]) >= 6


@lru_cache(maxsize=8)
def _known(abbreviations: tuple[str, ...]) -> frozenset[str]:
    return frozenset(abbreviations)


RULE = Rule(
    id="TONE.shouting",
    family="tone",
    severity=Severity.ADVICE,
    wrong="Capitals read as shouting.",
    right="Write it in small letters; the words are strong enough.",
    source="A judgement of this project",
    find=find,
    caught=(
        "DO NOT LEAVE YOUR CAR RUNNING",
        "Please LOCK YOUR DOORS tonight.",
        "IDIOTS PARKED HERE AGAIN",
        "This is DISGRACEFUL behaviour.",
        "STAY AWAY from the canal.",
    ),
    let_through=(
        "MISSING: a girl from Selly Oak.",
        "PC Yusuf and PCSO Bhogal are at the NHS stall.",
        "CCTV shows a BMW near the A38.",
        "UPDATE: the road is open.",
        "#OPERATION24 begins.",
    ),
)

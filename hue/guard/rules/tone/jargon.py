"""Words of the trade that the public does not know; the mend is the plain word."""

from collections.abc import Iterator
from functools import lru_cache

from hue.guard.finding import Severity
from hue.guard.reading import Reading
from hue.guard.rule import Hit, Rule, said

trade_words = said("jargon_words")


def find(reading: Reading) -> Iterator[Hit]:
    plain_words = _plain_words(reading.policy.jargon)
    for hit in trade_words(reading):
        written = hit.field.text[hit.start : hit.end].removesuffix("s")
        known, plain = plain_words[_alone(written)]
        if not known.isupper() or written.isupper():
            many = len(written) < hit.end - hit.start
            yield Hit(hit.field, hit.start, hit.end, mend=plain + ("s" if many else ""))


@lru_cache(maxsize=8)
def _plain_words(jargon: tuple[tuple[str, str], ...]) -> dict[str, tuple[str, str]]:
    return {_alone(phrase): (phrase.removesuffix("(s)"), plain) for phrase, plain in jargon}


def _alone(phrase: str) -> str:
    return phrase.lower().removesuffix("(s)").removesuffix("s")


RULE = Rule(
    id="TONE.jargon",
    family="tone",
    severity=Severity.ADVICE,
    wrong="Few outside the police know this word.",
    right="Use the plain word.",
    source="A judgement of this project",
    phrases="jargon_words",
    find=find,
    caught=(
        "IC1 male seen running.",
        "A misper was found safe.",
        "An RTC on the A38.",
        "He was conveyed to hospital.",
        "Two RTCs this morning.",
        "A MOP told us.",
        "A man detained under s.136.",
    ),
    let_through=(
        "A white man was seen running.",
        "A missing person was found safe.",
        "A collision on the A38.",
        "He was taken to hospital.",
        "Bus route 20 is late.",
        "A mop had fallen over.",
    ),
)

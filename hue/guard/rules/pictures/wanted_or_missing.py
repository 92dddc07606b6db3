"""Somebody wanted is never called missing, nor the other way round."""

import re
from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Hit, Rule, given, hits, words

WANTED = given("an appeal for a wanted man", kind="appeal_wanted")
MISSING = given("an appeal for a missing man", kind="appeal_missing")
WORDS = {
    "missing": re.compile(
        r"\b(?:wanted|suspect|offender|on the run|evading (?:us|police|arrest))\b"
    ),
    "wanted": re.compile(
        r"\b(?:missing(?! (?:his|her|their|an?|the|one|two|several|court|appointments))|welfare|concerned for (?:his|her|their))\b"
    ),
}
FINE = re.compile(
    r"\b(?:wanted to|wanted for a chat|(?:has|have|had|she|he|they|we|who|ever) wanted)\b"
)


def find(reading: Reading) -> Iterator[Hit]:
    for kind in _kinds(reading):
        for field in reading.fields:
            for hit in hits(WORDS[kind], field):
                if not FINE.search(field.lower[max(0, hit.start - 6) : hit.end + 12]):
                    yield hit


def _kinds(reading: Reading) -> set[str]:
    """What the person is; somebody recorded as both is to be called both."""
    kind = reading.draft.kind.removeprefix("appeal_")
    shown = {picture.of for picture in reading.draft.pictures}
    listed = {person.role for person in reading.draft.persons}
    kinds = ({kind} | shown | listed) & WORDS.keys()
    return kinds if len(kinds) == 1 else set()


RULE = Rule(
    id="PUB-13",
    family="pictures",
    severity=Severity.STOP,
    wrong="Somebody missing is called wanted, or somebody wanted missing.",
    right="Say which it is; if both, say both openly.",
    source="A judgement of this project, after complaints about forces",
    may_override=COMMAND,
    signs=words("wanted suspect offender run evading missing welfare concerned"),
    find=find,
    caught=(
        MISSING("WANTED: have you seen Sam? Call 101."),
        MISSING("Sam is on the run. Call 101."),
        WANTED("MISSING: have you seen Sam? Call 101."),
        WANTED("We are concerned for his safety. Call 101."),
        MISSING("Do you know this suspect? Call 101."),
    ),
    let_through=(
        MISSING("Missing: have you seen Sam? Call 101."),
        WANTED("Wanted: have you seen Sam? Call 101."),
        MISSING("Sam wanted to see his dad. Call 101."),
        "Wanted: a home for this missing cat.",
        WANTED("Do you know where he is? Call 101."),
    ),
)

"""What somebody said or refused to say in interview while a case is active."""

import re
from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Hit, Rule, hits, said, words
from hue.guard.sentences import is_of_the_held
from hue.guard.situations import ARRESTED, CHARGED, CONVICTED, NO_STEPS, SENTENCED

ADMITS = words("admitted admits admitting confessed owned coughed")
ANSWERS = words("replied answered shouted told said")
told = said("confession")
IN_COURT = re.compile(r"[^.!?\n]*\b(?:court|hearing|magistrates|plea|judge|sentenced?)\b")


# “The man inside admitted watering the plants.”
ADMITTED = re.compile(
    r"\b(?P<here>(?:admitted|admits|admitting|confessed to|owned up to|coughed to|admitted to) (?!to hospital)(?:[a-z]+ing|it|everything|the lot|all of it)\b)"
)
REPLIED = re.compile(
    r"(?P<here>\"[^\"\n]{3,80}\",? (?:he|she|they) (?:replied|answered|shouted|told|said)\b)"
)


def _admitted(reading: Reading) -> Iterator[Hit]:
    for field in reading.fields:
        if not ADMITS.isdisjoint(field.words):
            yield from hits(ADMITTED, field)
        if '"' in field.words and not ANSWERS.isdisjoint(field.words):
            for hit in hits(REPLIED, field):
                if is_of_the_held(field.lower, hit.end) and reading.is_arrest:
                    yield hit


def find(reading: Reading) -> Iterator[Hit]:
    """A plea in open court after which somebody is convicted may be reported."""
    for hit in (*told(reading), *_admitted(reading)):
        sentence = max(hit.field.lower.rfind(mark, 0, hit.start) for mark in ".!?\n") + 1
        if "convicted" not in reading.states or not IN_COURT.match(hit.field.lower, sentence):
            yield hit


RULE = Rule(
    id="LAW-1.confession",
    family="proceedings",
    severity=Severity.STOP,
    wrong="A confession, an admission or silence is for the court alone while the case is active.",
    right="Leave it out; say only that a man is charged, or pleaded guilty in court.",
    source="Contempt of Court Act 1981, section 2 and schedule 1",
    may_override=COMMAND,
    phrases="confession",
    signs=ADMITS | ANSWERS,
    when=lambda reading: reading.is_active,
    find=find,
    caught=(
        ARRESTED("He admitted it in interview."),
        ARRESTED("He has confessed."),
        CHARGED("She made full admissions."),
        CHARGED("He gave a no comment interview."),
        "A man was arrested and told officers everything.",
        ARRESTED("The man inside admitted watering the plants."),
    ),
    let_through=(
        SENTENCED("He admitted it in interview."),
        CONVICTED("He has admitted burglary at the Crown Court."),
        CONVICTED("He pleaded guilty to burglary."),
        ARRESTED("A woman was admitted to hospital; a man is in custody."),
        NO_STEPS("Confess: who loves cold weather?"),
        CHARGED("He will appear before magistrates on Monday."),
    ),
)

"""What the person who is held said for themselves, told while a case is active."""

import re
from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.reading import Reading
from hue.guard.rule import Hit, Rule, begun, words
from hue.guard.sentences import has, is_of_the_held
from hue.guard.situations import ARRESTED, CHARGED, NO_STEPS, SENTENCED

SAID = re.compile(
    r"(?:he|she|they|both|the (?:arrested |young )?(?:man|woman|men|driver|rider|suspects?|lad|pair|male|female|teenager|passenger)|(?:driver|suspect|male)) "
    r"(?:then |later |also |even |just |still |apparently )?(?:said|says|told (?:us|me|officers?|the|my|our|pcs?|police)|claimed|claims|"
    r"claiming|reckoned|reckons|explained|insisted|insists|swore|replied|blamed|apologised|thought|tried to (?:tell|say|blame|claim)|"
    r"assured|promised|shrugged|laughed|cried|begged|offered)\b(?! (?:yes|no)\b)[^.!?\n]{0,50}"
)
SPEAKERS = words("he she they both the driver suspect male")
# What is said in court, or by one of us, is another thing.
OPEN = re.compile(
    r"\b(?:court|judge|jury|magistrates?|prosecut\w+|hearing|barrister|statement|inspector|sergeant|chief|detective|officer in|supt|superintendent|pc)\b"
)


def find(reading: Reading) -> Iterator[Hit]:
    if "warrant" in reading.words:  # of a court, for one who did not come: no deed is told
        return
    for field in reading.fields:
        is_open = has(OPEN, field.lower)
        for match in begun(SAID, field, SPEAKERS):
            if is_of_the_held(field.lower, match.start()) and not is_open(match.start()):
                yield Hit(field, match.start(), match.end())


RULE = Rule(
    id="LAW-1.account",
    family="proceedings",
    severity=Severity.SECOND,
    wrong="If the one who is held said this, it is for the court alone while the case is active.",
    right="Leave it out.",
    source="Contempt of Court Act 1981, section 2 and schedule 1",
    when=lambda reading: reading.is_active,
    find=find,
    caught=(
        "A man was arrested. He said it was for personal use.",
        "A driver was arrested. She told us she had only had the one.",
        ARRESTED("A man is in custody. He claimed he was only looking."),
        ARRESTED("The driver blamed the sat nav."),
        CHARGED("A man is charged. He reckoned nobody would notice."),
    ),
    let_through=(
        CHARGED("A man is charged. He said in court that he would fight it."),
        ARRESTED("A man is in custody. The victim is safe. She said she was glad of the help."),
        NO_STEPS("He said the gate was open."),
        SENTENCED("He said it was for personal use."),
        ARRESTED("A man is in custody. Inspector Rao is in charge. She said more would follow."),
    ),
)

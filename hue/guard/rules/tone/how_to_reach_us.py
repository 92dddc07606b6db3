"""An appeal says how to answer it."""

import re
from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.reading import Reading
from hue.guard.rule import Hit, Rule, given

APPEAL = given("an appeal to witnesses", kind="appeal_witness")
WAY = re.compile(
    r"\b(?:101|999|18000|0800|call us|ring us|message us|dm us|crimestoppers|tell us at|live ?chat|"
    r"report (?:it )?online|contact (?:us|form)|our website|e-?mail|0\d{3,4}[ \d]{6,})\b|"
    r"\.police\.uk|https?://|www\.|@\w+|\b(?:call|ring|phone|text|message|reply|dm)\b"
)


def find(reading: Reading) -> Iterator[Hit]:
    if not any(WAY.search(field.lower) for field in reading.fields):
        yield Hit(reading.text)


RULE = Rule(
    id="TONE.how_to_reach_us",
    family="tone",
    severity=Severity.ADVICE,
    wrong="This asks for help and does not say how to reach the police.",
    right="Add: call 101, or 999 in an emergency, and the log or crime reference.",
    source="SOC-5; RSK-4",
    when=lambda reading: reading.draft.kind.startswith("appeal"),
    find=find,
    caught=(
        APPEAL("Did you see the collision on the A38?"),
        APPEAL("Do you know this man?"),
        APPEAL("Were you in the park on Friday?"),
        APPEAL("Have you seen Mia?"),
        APPEAL("Please share."),
    ),
    let_through=(
        APPEAL("Did you see the collision? Call 101."),
        APPEAL("Have you seen Mia? Ring 999."),
        APPEAL("Tell Crimestoppers on 0800 555 111."),
        APPEAL("Report online: westmidlands.police.uk"),
        "A quiet night in the park.",
    ),
)

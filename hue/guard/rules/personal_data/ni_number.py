"""National Insurance numbers."""

import re
from collections.abc import Iterator

from hue.guard import digits
from hue.guard.finding import Severity
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Example, Hit, Rule

GAP = r"[ .\-]{0,2}"
NUMBER = re.compile(
    rf"(?<![a-z\d])(?!bg|gb|kn|nk|nt|tn|zz)[abceghj-prstw-z]{GAP}[abceghj-nprstw-z]{GAP}"
    rf"\d{GAP}\d{GAP}\d{GAP}\d{GAP}\d{GAP}\d(?:{GAP}(?P<suffix>[a-d]))?(?![a-z\d])"
)


def find(reading: Reading) -> Iterator[Hit]:
    for field in reading.fields:
        text = field.numbers.text.lower()
        for match in NUMBER.finditer(text):
            if match["suffix"] or digits.labelled(text, match.start(), "insurance", "ni ", "nino"):
                yield Hit(field, match.start(), match.end(), in_numbers=True)


RULE = Rule(
    id="DATA.ni_number",
    family="personal_data",
    severity=Severity.STOP,
    wrong="This is a National Insurance number.",
    right="Take it out; nobody needs it in public.",
    source="Data protection principles: no more than the purpose needs (DP-2)",
    may_override=COMMAND,
    signs=frozenset("0"),
    find=find,
    caught=(
        "His number is AB 12 34 56 C",
        "Found: card with AB123456C on it",
        "National Insurance number ab 12 34 56",
        "AB-12-34-56-D was on the letter",
        "ΑΒ 12 34 56 C",  # Greek letters
        Example("Letter", {"alt_texts": ["A letter to JK 65 43 21 A"]}),
    ),
    let_through=(
        "Exhibit AB/123456",
        "GB 12 34 56 A is no such number",
        "Crime reference 20DY/98765E/26",
        "Bus AB 123456",
        "Call 101 quoting log 123456",
    ),
)

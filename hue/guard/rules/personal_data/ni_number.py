"""National Insurance numbers."""

import re
from collections.abc import Iterator

from hue.guard import digits
from hue.guard.finding import Severity
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Example, Hit, Rule

GAP = r"[ \n.,_/\-]{0,3}"
NUMBER = re.compile(
    rf"(?P<prefix>[a-z0](?<![a-z\d].){GAP}[a-z]){GAP}"
    rf"\d{GAP}\d{GAP}\d{GAP}\d{GAP}\d{GAP}\d(?:{GAP}(?P<suffix>[a-d]))?(?![a-z\d]|-\d)"
)

SIX = re.compile(rf"\d(?:{GAP}\d){{5}}")

# Letters that the first two places never have; a number that is said to be one may have any.
NEVER = re.compile(r"0.|bg|gb|kn|nk|nt|tn|zz|[dfiquv].|.[dfiquvo]")
SAID = ("insurance", "ni ", "ni,", "ni:", "nino", "n.i.")


def find(reading: Reading) -> Iterator[Hit]:
    for field in reading.fields:
        text = field.numbers.text.lower()
        for match in NUMBER.finditer(text) if SIX.search(text) else ():
            after = text[match.end() : match.end() + 40]
            said = digits.labelled(text, match.start(), *SAID) or "insurance" in after
            letters = re.sub(r"\W", "", match["prefix"])
            if said or (match["suffix"] and not NEVER.match(letters)):
                yield Hit(field, match.start(), match.end(), in_numbers=True)


RULE = Rule(
    id="DATA.ni_number",
    family="personal_data",
    severity=Severity.STOP,
    wrong="This is a National Insurance number.",
    right="Take it out; nobody needs it in public.",
    source="Data protection principles: no more than the purpose needs (DP-2)",
    may_override=COMMAND,
    signs=frozenset(("0", "insurance", "ni", "nino")),
    find=find,
    caught=(
        "His number is AB 12 34 56 C",
        "Found: card with AB123456C on it",
        "National Insurance number ab 12 34 56",
        "The National Insurance number QQ 12 34 56 C is on it",
        "NI number AB one two three four five six C",
        "NI number A-B/65/43/21/A",
        "National Insurance Juliet Mike five one, six two, zero eight, Delta",
        "AB-12-34-56-D was on the letter",
        "P-for-Papa, E-for-Echo, seven one, two two, oh six, C",
        "P as in Papa, E as in Echo, seven one, two two, oh six, C",
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

"""IMEI numbers of telephones: fifteen digits that keep the sum, or any that are said to be one."""

import re
from collections.abc import Iterator

from hue.guard import digits
from hue.guard.finding import Severity
from hue.guard.reading import LONG_NUMBER, Reading
from hue.guard.rule import COMMAND, Example, Hit, Rule

NUMBER = re.compile(r"\d(?<![\d/].)(?:[ ,./\-]{0,3}\d){14}(?![\d/])")
BEGINS = ("01", "35", "86", "99", "45", "49", "52", "91", "00")


def find(reading: Reading) -> Iterator[Hit]:
    for field in reading.fields:
        text = field.numbers.text
        for match in NUMBER.finditer(text):
            number = digits.only(match.group())
            said = "imei" in field.words or digits.labelled(text, match.start(), "serial")
            if said or (number.startswith(BEGINS) and digits.luhn(number)):
                yield Hit(field, match.start(), match.end(), in_numbers=True)


RULE = Rule(
    id="DATA.imei",
    family="personal_data",
    severity=Severity.STOP,
    wrong="This is the number of somebody's telephone.",
    right="Say make and colour; keep the number for whoever claims it.",
    source="Data protection principles: no more than the purpose needs (DP-2)",
    may_override=COMMAND,
    signs=frozenset((LONG_NUMBER,)),
    find=find,
    caught=(
        "Found phone, IMEI 490154203237518",
        "Phone 35-209900-176148-1 was handed in",
        "IMEI: 49 015420 323751 8",
        "imei 356938035643809",
        "35 209900 176148 2 is the IMEI of the phone",
        "356938035643809 on the box",
        Example("Box", {"captions": ["IMEI 490154203237518"]}),
    ),
    let_through=(
        "Dial *#06# to see your IMEI",
        "490154203237519 is no such number",
        "A phone was handed in on 21/11/2026",
        "Reference 123456789012345",
        "IMEI numbers have 15 digits",
    ),
)

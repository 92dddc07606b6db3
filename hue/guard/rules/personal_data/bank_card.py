"""Bank cards: a known beginning, the right length, and the sum that cards keep."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from hue.guard import digits
from hue.guard.finding import Severity
from hue.guard.reading import LONG_NUMBER, Reading
from hue.guard.rule import COMMAND, Example, Hit, Rule, leaping

# Begins where a row of digits begins, or at four together: “2 4111 1111 1111 1111”.
RUN = re.compile(
    r"(?<!\d)(?<!\d/)(?:(?<!\d[ .\-])|(?=\d{4}))(?=([0-6](?:[ \n.,_*/\-]{0,3}\d){11,18}))"
)
RUN_BEGINS = re.compile(r"[0-6](?<!\d.)(?<!\d/.)")
# The beginning of a card's number, and how many digits such a card has.
KINDS = (
    (re.compile(r"4"), (16, 19, 13)),
    (re.compile(r"5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720"), (16,)),
    (re.compile(r"3[47]"), (15,)),
    (re.compile(r"30[0-5]|3[689]"), (14, 16)),
    (re.compile(r"35"), (16,)),
    (re.compile(r"2131|1800"), (15,)),
    (re.compile(r"6011|64[4-9]|65|62"), (16, 19)),
    (re.compile(r"50|5[6-8]|6|0604"), (16, 19, 18, 13, 12)),
)


def find(reading: Reading) -> Iterator[Hit]:
    for field in reading.fields:
        for match in leaping(RUN_BEGINS, RUN, field.numbers.text):
            if end := _end(match):
                yield Hit(field, match.start(), end, in_numbers=True)


def _end(match: re.Match[str]) -> int:
    """Where the card ends whose number begins here; 0 where none does."""
    number = digits.only(match[1])
    for length in _lengths(number[:4]):
        if length <= len(number) and (digits.luhn(number[:length]) or _is_said(match, length)):
            end = _after(match, length)
            if not match.string[end : end + 1].isdigit():
                return end
    return 0


def _is_said(match: re.Match[str], length: int) -> bool:
    said = ("card", "visa", "mastercard", "debit")
    after = match.string[match.end() : match.end() + 60].lower()
    return length == 16 and (
        digits.labelled(match.string, match.start(), *said) or any(one in after for one in said)
    )


@lru_cache(maxsize=10_000)
def _lengths(begin: str) -> tuple[int, ...]:
    return next((lengths for begins, lengths in KINDS if begins.match(begin)), ())


def _after(match: re.Match[str], length: int) -> int:
    found = digits.DIGIT.finditer(match.string, match.start())
    return next(islice(found, length - 1, None)).end()


RULE = Rule(
    id="DATA.bank_card",
    family="personal_data",
    severity=Severity.STOP,
    wrong="This is the number of a bank card.",
    right="Take it out; say “a bank card” or its last four digits to its owner alone.",
    source="Data protection principles: no more than the purpose needs (DP-2)",
    may_override=COMMAND,
    signs=frozenset((LONG_NUMBER,)),
    find=find,
    caught=(
        "Found card 4111 1111 1111 1111",
        "4111111111111111 was used in the shop",
        "Card 5555-5555-5555-4444",
        "Card 4111 1111 1111\n1111",
        "4000 1234 5678 9012 is on the debit card",
        "Amex 3782 822463 10005",
        "Card 4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
        Example("Card", {"file_names": ["4111111111111111.png"]}),
    ),
    let_through=(
        "Card ending 1111 was found",
        "4111 1111 1111 1112 is no such number",
        "We took 4111 calls",
        "Order 1234567890123456",
        "Crime reference 20/411111/26",
    ),
)

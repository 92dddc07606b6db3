"""Numbers as people write them, and the sums that tell a real one from any other."""

import re

# Between two digits of one number: nothing, or a little of this.
GAP = r"[ \n()\[\].,_*/|~\-]{0,4}"
DIGIT = re.compile(r"\d")
# Each second digit counts twice; of a sum with two digits both are added.
DOUBLED = dict(zip("0123456789", (0, 2, 4, 6, 8, 1, 3, 5, 7, 9), strict=True))
NOT_DIGITS = re.compile(r"\D+")


def only(text: str) -> str:
    return NOT_DIGITS.sub("", text)


def luhn(digits: str) -> bool:
    """The sum that bank cards and IMEI numbers keep."""
    total = sum(map(int, digits[-1::-2])) + sum(DOUBLED[digit] for digit in digits[-2::-2])
    return total % 10 == 0


def nhs(digits: str) -> bool:
    """The sum that NHS numbers keep: ten digits, the last a remainder of eleven."""
    total = sum(
        int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)
    )
    return len(digits) == 10 and (11 - total % 11) % 11 == int(digits[9])


def labelled(text: str, start: int, *labels: str, within: int = 40) -> bool:
    """Whether one of the words stands shortly before."""
    before = text[max(0, start - within) : start].lower()
    return any(label in before for label in labels)


def is_one_of(digits: str, known: tuple[str, ...]) -> bool:
    return any(only(one) == digits for one in known)

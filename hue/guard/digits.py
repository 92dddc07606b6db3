"""Numbers as people write them, and the sums that tell a real one from any other."""

import re

# Between two digits of one number: nothing, or a little of this.
GAP = r"[ ().,_*\-]{0,3}"
DIGIT = re.compile(r"\d")
NOT_DIGITS = re.compile(r"\D+")


def only(text: str) -> str:
    return NOT_DIGITS.sub("", text)


def luhn(digits: str) -> bool:
    """The sum that bank cards and IMEI numbers keep."""
    doubled = (int(digit) * 2 for digit in digits[-2::-2])
    rest = sum(int(digit) for digit in digits[-1::-2])
    return (rest + sum(twice - 9 if twice > 9 else twice for twice in doubled)) % 10 == 0


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

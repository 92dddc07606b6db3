"""What a phone without a signal reads by itself: the plain forms of personal data.

The patterns are the guard's own, told to the page; with a signal the whole guard is asked.
"""

import re
from functools import lru_cache
from typing import Any

from hue.guard.policy import Policy
from hue.guard.rule import Rule
from hue.guard.rules.personal_data import bank_card, email, ni_number, phone, postcode, vehicle

# Thirteen to nineteen digits, of which the page reckons the sum.
LONG = re.compile(r"(?<![\d/])\d(?:[ .\-]?\d){12,18}(?!\d)")


@lru_cache(maxsize=2)
def rules(policy: Policy) -> list[dict[str, Any]]:
    """`pattern` finds it; `never` are whole finds that it is not, `of` the only first letters."""
    numbers = (*policy.public_numbers, *policy.own_numbers)
    known = "|".join(_apart(number.lstrip("0+")) for number in numbers)
    homes = [_apart(postcode) for postcode in policy.own_postcodes]
    ours = "|".join(re.escape(ending) for ending in policy.own_email_endings)
    words = "|".join(sorted(vehicle.WORDS))
    return [
        _told(phone.RULE, phone.PHONE)
        | {"digits": phone.PERSONAL.pattern}
        | {
            "never": [rf"{phone.DATE.pattern}.*", rf"(?:\D*0)?(?:{known})", r".*\d/\d\d", r".*\*.*"]
        },
        _told(email.RULE, email.EMAIL, "i") | {"never": [rf".*[@.](?:{ours})", *_offices()]},
        _told(postcode.RULE, postcode.POSTCODE)
        | {"of": sorted(postcode.AREAS)}
        | {"never": [rf".*[ .,_/\-](?:{postcode.NO_UNIT.pattern})", *homes]},
        _told(vehicle.RULE, vehicle.SURE)
        | {"never": [vehicle.NO_PLATE.pattern, rf"(?:{words}).*", rf".*(?:{words})"]},
        # Without its last letter it may be many other things.
        _told(ni_number.RULE, ni_number.NUMBER, "i")
        | {"never": [r"\D*(?:\d\D*){5}\d", rf"(?:{ni_number.NEVER.pattern}).*"]},
        _told(bank_card.RULE, LONG) | {"sum": True},
    ]


def _offices() -> list[str]:
    """Addresses of public bodies and charities; whose first name one is, the server knows."""
    called = "|".join([*sorted(email.ROLES), *(f"[a-z]*{end}" for end in email.OFFICES)])
    public = "|".join(map(re.escape, email.PUBLIC))
    return [rf"(?:{called})@.*(?:{public})", r"[a-z]+@.*\.gov\.uk"]


def _apart(sign: str) -> str:
    """However it is spaced."""
    return r"[ .\-]*".join(re.escape(one) for one in sign if one.isalnum())


def _told(rule: Rule, pattern: re.Pattern[str], flags: str = "") -> dict[str, Any]:
    return {
        "rule": rule.id,
        "wrong": rule.wrong,
        "right": rule.right,
        "pattern": pattern.pattern.replace("(?P<", "(?<"),
        "flags": flags,
        "never": [],
    }

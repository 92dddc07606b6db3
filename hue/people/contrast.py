"""Whether words in a colour can be read: the ratio of WCAG 2.2."""

import re

from hue.people.access import Refused

ENOUGH = 4.5
# What the pages put behind words; dark pages have colours of their own.
GROUNDS = {"white": "#ffffff", "the grey of the page": "#f4f6f9"}
TOKENS = {"ink": "Words", "lamp": "Links and buttons", "amber": "Waits", "green": "Is over"}
_HEX = re.compile(r"#[0-9a-f]{6}")


def ratio(one: str, other: str) -> float:
    """1 (the same) to 21 (black on white), for two colours like "#0b1f3a"."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable(colours: dict[str, str]) -> dict[str, str]:
    """The colours in small letters, each legible on every ground; empty ones are left out."""
    given = {token: value.strip().lower() for token, value in colours.items() if value.strip()}
    for token, value in given.items():
        if token not in TOKENS or not _HEX.fullmatch(value):
            raise Refused(f"“{value}” is no colour for {token}: write it like #0b1f3a.")
        for name, ground in GROUNDS.items():
            if (found := ratio(value, ground)) < ENOUGH:
                raise Refused(
                    f"{TOKENS[token]} in {value} on {name} has a contrast of {found:.1f} to 1: "
                    f"at least {ENOUGH} is needed so that everybody can read it. Take it darker."
                )
    return given


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

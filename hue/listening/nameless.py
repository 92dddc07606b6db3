"""Words without the people in them: handles, addresses, mentions and numbers are taken out."""

import re
import unicodedata
from typing import NamedTuple

LONGEST = 5_000  # characters of a remark; the rest says nothing new
_OUT = re.compile(
    r"(?P<link>\bhttps?://\S+|\bwww\.\S+)"
    r"|(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<handle>@[\w.-]+(?:@[\w.-]+)?)"
    r"|(?P<number>(?<![\w£$])\+?\d(?:[ ()-]?\d){8,})",
    re.IGNORECASE,
)
_STANDS = {"link": "[link]", "mail": "[address]", "handle": "@…", "number": "[number]"}


class Nameless(NamedTuple):
    text: str
    taken_out: list[str]
    too_long: bool
    mended: bool  # it came in a broken encoding


def nameless(text: str) -> Nameless:
    cut = text[:LONGEST]
    clean = "".join(c for c in cut if c in "\n\u200d" or unicodedata.category(c)[0] != "C")
    mended = "\ufffd" in clean or clean != cut.replace("\r", "").replace("\t", "")
    found: list[str] = []

    def out(match: re.Match[str]) -> str:
        found.append(match[0])
        return _STANDS[str(match.lastgroup)]

    return Nameless(_OUT.sub(out, clean).strip(), found, len(text) > LONGEST, mended)

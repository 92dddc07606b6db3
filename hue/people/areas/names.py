"""Which property of a file's features is the name, the code, the borough."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hue.people.areas.area import AreasRefused

Properties = Mapping[str, Any]

# Most particular first. The Office for National Statistics names its properties by layer, year
# and "nm" or "cd": wd23nm, cmwd11cd; lad11nm is the local authority, which is our borough.
NAME = (r"(cm)?wd\d\dnm", r"ward_?name", r"neighbourhood(_?name)?", r"name", r"title", r"\w+\d\dnm")
CODE = (r"(cm)?wd\d\dcd", r"ward_?code", r"neighbourhood_?(code|id)", r"code", r"id", r"\w+\d\dcd")
BOROUGH = (r"lad\d\dnm", r"la_name", r"lad_name", r"borough", r"district", r"local_authority")

LONGEST = 100


@dataclass(frozen=True, slots=True)
class Naming:
    """Property names. Without a code the name serves as one; without a borough there is none."""

    name: str
    code: str = ""
    borough: str = ""


GUESSED = Naming("")


def naming_of(properties: Sequence[Properties], wanted: Naming) -> Naming:
    if wanted.name:
        return wanted
    name = _first(NAME, properties, but="")
    if not name:
        there = ", ".join(sorted({key for own in properties for key in own})[:20]) or "none"
        raise AreasRefused(
            f"No property of the areas looks like a name. Say which one it is; there are: {there}."
        )
    borough = wanted.borough or _first(BOROUGH, properties, but=name)
    code = wanted.code or _unique(_first(CODE, properties, but=borough), properties)
    return Naming(name, code, borough)


def named(number: int, own: Properties, naming: Naming) -> tuple[str, str, str]:
    """Code, name and borough of one feature."""
    name = _text(number, own, naming.name)
    code = _text(number, own, naming.code) if naming.code else name
    borough = _text(number, own, naming.borough) if naming.borough else ""
    return code, name, borough


def _first(patterns: Sequence[str], properties: Sequence[Properties], *, but: str) -> str:
    keys = [key for key in properties[0] if key != but]
    for pattern in patterns:
        for key in keys:
            if re.fullmatch(pattern, key, re.IGNORECASE) and _everywhere(key, properties):
                return key
    return ""


def _everywhere(key: str, properties: Sequence[Properties]) -> bool:
    return all(_as_text(own.get(key)) for own in properties)


def _unique(key: str, properties: Sequence[Properties]) -> str:
    """No guess, rather than one that cannot tell the areas apart."""
    different = {_as_text(own.get(key)) for own in properties}
    return key if len(different) == len(properties) else ""


def _as_text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return " ".join(str(value).split())


def _text(number: int, own: Properties, key: str) -> str:
    words = _as_text(own.get(key))
    if not words:
        raise AreasRefused(
            f"Area {number} has no “{key}”. Give it one, or choose another property."
        )
    if len(words) > LONGEST or not words.isprintable():
        raise AreasRefused(
            f"The “{key}” of area {number} is longer than {LONGEST} characters "
            "or holds control characters."
        )
    return words

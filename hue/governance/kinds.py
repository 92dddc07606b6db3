"""What one setting of a policy may be, and how it is kept: a field's default and its metadata tell.

Of a list: `some`, it is never empty; `kept`, what was shipped stays in it; `choices`, nothing else
may stand in it; `form`, what each entry has to look like.
"""

import re
from collections.abc import Iterator
from dataclasses import Field
from typing import Any

from hue.guard.phrases import is_sound
from hue.lib.html import plain

LONGEST, MOST = 1000, 20_000  # characters of an entry, entries of a list


def fault(entry: Field[Any], value: Any) -> tuple[str, str]:
    """What is wrong with it in a sentence, and which of its entries it is; empty: nothing."""
    says, default = entry.metadata["says"], entry.default
    if isinstance(default, bool):
        return ("", "") if isinstance(value, bool) else (_no(says, value, "yes or no"), "")
    if isinstance(default, int | float):
        return _number(entry, value), ""
    if is_table(entry):
        if not isinstance(value, dict):
            return _no(says, value, "table of words"), ""
        return _entries(entry, [*value, *value.values()])
    if not isinstance(value, list):
        return _no(says, value, "list of words"), ""
    return _entries(entry, value)


def is_table(entry: Field[Any]) -> bool:
    return "table" in entry.metadata


def stored(entry: Field[Any], value: Any) -> Any:
    """As JSON and TOML hold it."""
    if is_table(entry):
        return dict(value)
    if isinstance(entry.default, frozenset):
        return sorted(value)
    return list(value) if isinstance(entry.default, tuple) else value


def held(entry: Field[Any], value: Any) -> Any:
    """As the policy holds it."""
    if is_table(entry):
        return tuple(value.items())
    if isinstance(entry.default, tuple | frozenset | float):
        return type(entry.default)(value)
    return value


def in_words(entry: Field[Any], value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple | frozenset):
        return ", ".join(spoken(entry, one) for one in value) or "none"
    return f"{value:,}"


def spoken(entry: Field[Any], word: str) -> str:
    """Roles and states are named as in the code; what people wrote stays as it is."""
    return word.replace("_", " ") if "choices" in entry.metadata else word


def expected(entry: Field[Any]) -> str:
    """For the reference and the file: what may stand there."""
    told = entry.metadata
    if isinstance(entry.default, bool):
        return "yes or no"
    if "least" in told:
        return f"{told['least']} to {told['most']}"
    if "choices" in told:
        return f"some of: {', '.join(told['choices'])}"
    return "pairs" if is_table(entry) else "a list"


def _number(entry: Field[Any], value: Any) -> str:
    told = entry.metadata
    kinds = (int, float) if isinstance(entry.default, float) else (int,)
    if isinstance(value, bool) or not isinstance(value, kinds):
        return _no(told["says"], value, "number")
    if not told["least"] <= value <= told["most"]:
        return f"{told['says']}: from {told['least']} to {told['most']}, not {_short(value)}."
    return ""


def _entries(entry: Field[Any], values: list[Any]) -> tuple[str, str]:
    says, told = entry.metadata["says"], entry.metadata
    if told.get("some") and not values:
        return f"{says}: it needs at least one entry.", ""
    if len(values) > MOST:
        return f"{says}: {MOST:,} entries at most, not {len(values):,}.", ""
    if told.get("kept") and (gone := _missing(entry.default, values)):
        return f"{says}: “{gone}” is the law's own and stays in it.", ""
    return next(_wrong(entry, values), ("", ""))


def _missing(shipped: Any, values: list[Any]) -> str:
    return next((one for one in shipped if one not in values), "")


def _wrong(entry: Field[Any], values: list[Any]) -> Iterator[tuple[str, str]]:
    says, told = entry.metadata["says"], entry.metadata
    form, expects = told.get("form", ("", ""))
    for value in values:
        if not isinstance(value, str):
            yield _no(says, value, "word in quotation marks"), ""
        elif not value or value != plain(value) or "\n" in value or len(value) > LONGEST:
            yield f"{says}: “{_short(value)}” is not a word or phrase of one line.", value
        elif "choices" in told and value not in told["choices"]:
            yield f"{says}: “{_short(value)}” is not one of {', '.join(told['choices'])}.", value
        elif form and not re.fullmatch(form, value, re.ASCII):
            yield f"{says}: “{_short(value)}” is not {expects}.", value
        elif not is_sound(value):
            yield f"{says}: the brackets of “{_short(value)}” cannot be read.", value


def _no(says: str, value: Any, expects: str) -> str:
    return f"{says}: “{_short(value)}” is not a {expects}."


def _short(value: Any) -> str:
    text = plain(value) if isinstance(value, str) else _named(value)
    return text if len(text) <= 40 else f"{text[:40]}…"


def _named(value: Any) -> str:
    """Of what may be long or deep, its kind alone."""
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "a table"
    return str(value) if not isinstance(value, int) or value.bit_length() < 200 else "a huge number"

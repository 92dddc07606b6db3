"""Plain data, as JSON brings it, into a draft; what does not fit is refused in a sentence."""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from datetime import UTC, datetime
from functools import cache
from typing import Any, get_args, get_type_hints

from hue.guard.draft import Draft, Incident, Operation, Order, Person, Picture, Step

PARTS = (Incident, Operation, Order, Person, Picture, Step)
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)  # when the examples happen, unless they say


class BadDraft(ValueError):
    """What was handed in is no draft; says which field and what was expected."""


def draft(text: str, context: Mapping[str, Any]) -> Draft:
    made: Draft = _made(Draft, {"at": NOON, **context, "text": text}, "the draft")
    return made


def _made(kind: Any, values: Any, where: str) -> Any:
    if not isinstance(values, Mapping):
        raise BadDraft(f"{where}: “{values}” should be an object with named fields.")
    known = _types(kind)
    if strange := values.keys() - known.keys():
        raise BadDraft(f"{where} has no field “{min(strange)}”; it has {', '.join(known)}.")
    for one in fields(kind):
        if _is_required(one) and one.name not in values:
            raise BadDraft(f"{where} lacks “{one.name}”.")
    return kind(**{name: _value(known[name], values[name], f"{where}, {name}") for name in values})


def _is_required(one: Field[Any]) -> bool:
    return one.default is MISSING and one.default_factory is MISSING


@cache
def _types(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _value(kind: Any, value: Any, where: str) -> Any:
    if inner := get_args(kind):
        if inner[-1] is Ellipsis:
            return _many(inner[0], value, where)
        return None if value is None else _value(inner[0], value, where)
    if kind in PARTS:
        return _made(kind, value, where)
    if kind is datetime:
        return _time(value, where)
    if type(value) is not kind:
        raise BadDraft(f"{where}: “{value}” should be {_SAYS[kind]}.")
    return value


_SAYS = {str: "text", int: "a whole number", bool: "true or false"}


def _many(kind: Any, value: Any, where: str) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise BadDraft(f"{where}: “{value}” should be a list.")
    return tuple(_value(kind, one, f"{where}.{number}") for number, one in enumerate(value))


def _time(value: Any, where: str) -> datetime:
    if isinstance(value, datetime):
        return value
    try:
        time = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        time = None
    if time is None or time.tzinfo is None:
        raise BadDraft(f"{where}: “{value}” should be a time with its zone, 2026-11-21T12:00:00Z.")
    return time

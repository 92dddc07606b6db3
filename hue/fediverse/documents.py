"""JSON from outside: what cannot be kept, or would hurt to read, is refused first."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from hue.fediverse import names

LARGEST = 2**20
DEEPEST = 32
LONGEST_ADDRESS = 500
Document = dict[str, Any]


class Unreadable(Exception):
    """Not an object of ActivityStreams; the message says why in words."""


def parsed(body: bytes) -> Document:
    try:
        found = json.loads(body)
        # What PostgreSQL cannot keep: half characters, zero bytes, numbers that are none.
        again = json.dumps(found, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError) as error:
        raise Unreadable("The body must be JSON that is not too deep.") from error
    if not isinstance(found, dict):
        raise Unreadable("The body must be a JSON object.")
    if b"\\u0000" in again or _depth(found) > DEEPEST:
        raise Unreadable(f"The JSON is deeper than {DEEPEST} levels, or holds a zero byte.")
    return found


def _depth(whole: Any) -> int:
    level, deep = [whole], 0
    while level and deep <= DEEPEST:
        deep += 1
        inside = [one.values() if isinstance(one, dict) else one for one in level]
        level = [one for some in inside for one in some if isinstance(one, dict | list)]
    return deep


def id_of(thing: Any) -> str:
    """Its address, whether it is named or stands there whole; "" where it has none."""
    if isinstance(thing, list) and len(thing) == 1:
        thing = thing[0]
    found = thing.get("id") if isinstance(thing, dict) else thing
    return found if isinstance(found, str) and is_address(found) else ""


def object_of(thing: Mapping[str, Any]) -> Document:
    """What is inside; where only its address stands, that."""
    inside = thing.get("object")
    if isinstance(inside, list) and len(inside) == 1:
        inside = inside[0]
    return inside if isinstance(inside, dict) else {"id": inside}


def kind_of(thing: Mapping[str, Any]) -> str:
    kind = thing.get("type")
    return kind if isinstance(kind, str) else ""


def text_of(thing: Mapping[str, Any], name: str) -> str:
    found = thing.get(name)
    return found if isinstance(found, str) else ""


def audience(thing: Mapping[str, Any]) -> set[str]:
    """Everybody it is addressed to."""
    told = [thing.get(field) for field in ("to", "cc", "audience")]
    lists = [one if isinstance(one, list) else [one] for one in told]
    return {one for some in lists for one in some if isinstance(one, str)}


def is_public(thing: Mapping[str, Any]) -> bool:
    """Public or unlisted; "as:Public" and "Public" are the same to those who process JSON-LD."""
    return not audience(thing).isdisjoint({names.PUBLIC, "as:Public", "Public"})


def is_address(told: str) -> bool:
    return bool(host_of(told)) and len(told) <= LONGEST_ADDRESS


def host_of(address: str) -> str:
    """Name and port, as servers are told apart; "" for what is no address of the web."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return ""
    plain = address.isascii() and address.isprintable() and not set(' "<>\\@') & set(parts.netloc)
    if parts.scheme not in {"http", "https"} or not parts.hostname or not plain:
        return ""
    standard = {"http": 80, "https": 443}[parts.scheme]
    return parts.hostname.lower() + (f":{port}" if port and port != standard else "")


def same_host(one: str, other: str) -> bool:
    return bool(host_of(one)) and host_of(one) == host_of(other)

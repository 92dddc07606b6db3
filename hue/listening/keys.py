"""Hashes that count sources and find repeats, and the seal over who said it: under a key of the
week, which goes with the last that was sealed under it."""

import base64
import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from hue.lib import sealing
from hue.listening.models import Key

WEEK = timedelta(days=7)
_FIRST = datetime(2024, 1, 1, tzinfo=UTC)  # a Monday


def key_of(at: datetime) -> Key:
    """The key of the week of `at`; made when it is first asked for."""
    starts = _FIRST + (at - _FIRST) // WEEK * WEEK
    made = {"ends_at": starts + WEEK, "sealed": sealing.seal_text(sealing.new_key())}
    return Key.objects.get_or_create(starts_at=starts, defaults=made)[0]


def hashed(key: Key, *parts: str) -> str:
    """Nobody gets from this back to what was hashed, nor to it without the key."""
    told = "\x1f".join(parts).encode("utf-8", "replace")
    raw = base64.b64decode(_open(key.sealed))
    return hashlib.blake2b(told, key=raw, digest_size=16).hexdigest()


def within(claim: str, author: str) -> str:
    """The same person has another one in each claim."""
    told = f"{claim}\x1f{author}".encode()
    return hashlib.blake2b(told, digest_size=16).hexdigest() if author else ""


def seal(key: Key, told: Mapping[str, object]) -> str:
    return sealing.seal_with(_open(key.sealed), json.dumps(told, ensure_ascii=False))


def unseal(key: Key, sealed: str) -> dict[str, object]:
    """Raises sealing.CannotOpen."""
    told: dict[str, object] = json.loads(sealing.open_with(_open(key.sealed), sealed))
    return told


@lru_cache(maxsize=16)
def _open(sealed: str) -> str:
    return sealing.open_text(sealed)

"""Sealing of secrets and personal data: AES-256-GCM under the key in HUE_DATA/keys."""

import base64
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings


class CannotOpen(Exception):
    """What was sealed does not open: another's key, or somebody touched the box."""


def new_key() -> str:
    """A fresh 256-bit key, base64."""
    return base64.b64encode(AESGCM.generate_key(256)).decode()


def seal_with(key: str, text: str) -> str:
    nonce = os.urandom(12)
    box = _box(key).encrypt(nonce, text.encode(), None)
    return base64.b64encode(nonce + box).decode()


def open_with(key: str, sealed: str) -> str:
    """Raises CannotOpen."""
    try:
        raw = base64.b64decode(sealed)
        return _box(key).decrypt(raw[:12], raw[12:], None).decode()
    except (InvalidTag, ValueError) as error:
        raise CannotOpen("What is sealed here does not open with this key.") from error


def seal_text(text: str) -> str:
    return seal_with(settings.HUE_SEALING_KEY, text)


def open_text(sealed: str) -> str:
    return open_with(settings.HUE_SEALING_KEY, sealed)


def seal_bytes(told: bytes) -> bytes:
    nonce = os.urandom(12)
    return nonce + _box(settings.HUE_SEALING_KEY).encrypt(nonce, told, None)


def open_bytes(sealed: bytes) -> bytes:
    """Raises CannotOpen."""
    try:
        return _box(settings.HUE_SEALING_KEY).decrypt(sealed[:12], sealed[12:], None)
    except InvalidTag as error:
        raise CannotOpen("What is sealed here does not open with this key.") from error


def keyed(text: str, *, purpose: str) -> str:
    """A hash that only this installation can make: to find again what is sealed, and for links."""
    return hmac.digest(_key(settings.HUE_SEALING_KEY, purpose), text.encode(), "sha256").hex()


@lru_cache(maxsize=16)
def _box(key: str) -> AESGCM:
    """To make it takes longer than to open an address with it."""
    return AESGCM(base64.b64decode(key))


@lru_cache(maxsize=16)
def _key(sealing: str, purpose: str) -> bytes:
    return hmac.digest(base64.b64decode(sealing), purpose.encode(), "sha256")

"""Ed25519 signatures that anyone can check with the public key at /signing-key.pem."""

import base64
import hashlib
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings


class NoKey(ValueError):
    """No Ed25519 public key in PEM."""


def new_private_key() -> str:
    """A fresh key as PEM text."""
    return (
        Ed25519PrivateKey.generate()
        .private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        .decode()
    )


def sign(message: bytes) -> str:
    """The signature, base64."""
    return base64.b64encode(_key(settings.HUE_SIGNING_KEY).sign(message)).decode()


def public_pem() -> str:
    return _text(_key(settings.HUE_SIGNING_KEY).public_key())


def fingerprint(pem: str) -> str:
    """Of an Ed25519 public key; as short as two people can read to each other."""
    return hashlib.sha256(_text(_public(pem)).encode()).hexdigest()[:32]


def verifies(message: bytes, signature: str, *, pem: str) -> bool:
    """Whatever the signature and the key are: junk verifies nothing."""
    try:
        _public(pem).verify(base64.b64decode(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _public(pem: str) -> Ed25519PublicKey:
    try:
        key = serialization.load_pem_public_key(pem.encode())
    except (ValueError, UnsupportedAlgorithm) as error:
        raise NoKey from error
    if not isinstance(key, Ed25519PublicKey):
        raise NoKey
    return key


def _text(key: Ed25519PublicKey) -> str:
    return key.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    ).decode()


@lru_cache(maxsize=4)
def _key(file: Path) -> Ed25519PrivateKey:
    key = serialization.load_pem_private_key(file.read_bytes(), None)
    assert isinstance(key, Ed25519PrivateKey)
    return key

"""Ed25519 signatures that anyone can check with the public key at /signing-key.pem."""

import base64
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings


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
    return (
        _key(settings.HUE_SIGNING_KEY)
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )


def verifies(message: bytes, signature: str, *, pem: str) -> bool:
    key = serialization.load_pem_public_key(pem.encode())
    if not isinstance(key, Ed25519PublicKey):
        return False
    try:
        key.verify(base64.b64decode(signature), message)
    except InvalidSignature:
        return False
    return True


@lru_cache(maxsize=4)
def _key(file: Path) -> Ed25519PrivateKey:
    key = serialization.load_pem_private_key(file.read_bytes(), None)
    assert isinstance(key, Ed25519PrivateKey)
    return key

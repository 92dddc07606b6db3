"""What a request says about who signed it, and whether a key agrees."""

import binascii
import hashlib
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from hmac import compare_digest
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import load_pem_public_key

# As Mastodon's margin for clocks that are wrong, most often by a time zone. Who sends late signs
# anew each time, so older ones are of no honest use.
WINDOW = timedelta(hours=1)
RSA_BITS = range(2048, 8193)
PublicKey = rsa.RSAPublicKey | ed25519.Ed25519PublicKey


class NotSigned(Exception):
    """Nobody stands behind this request; the message says why, in words for their operator."""


class Request(NamedTuple):
    """As it came: names of headers in lower case, several of one name joined by a comma."""

    method: str
    target: str  # path, and what follows "?"
    headers: dict[str, str]
    body: bytes


class Claim(NamedTuple):
    key_id: str
    algorithm: str  # "" where it was not said
    signed: bytes
    signature: bytes


def require_lately(told: datetime, *, at: datetime) -> None:
    if not at - WINDOW <= told <= at + WINDOW:
        raise NotSigned(
            f"It was signed for {told:%Y-%m-%d %H:%M} UTC and here it is {at:%H:%M}: set the clock."
        )


def require_date(told: str, *, at: datetime) -> None:
    try:
        date = parsedate_to_datetime(told)
    except ValueError as error:
        raise NotSigned("Its Date cannot be read.") from error
    require_lately(date if date.tzinfo else date.replace(tzinfo=UTC), at=at)


def second(told: str) -> datetime:
    """Seconds since 1970, as both kinds of signatures have them."""
    if not told.isdecimal() or len(told) > 11:
        raise NotSigned("When it was signed cannot be read.")
    return datetime.fromtimestamp(int(told), UTC)


def require_unexpired(told: str, *, at: datetime) -> None:
    if second(told) < at:
        raise NotSigned("The signature has expired.")


def require_body(told: str | None, body: bytes) -> None:
    """`told` is the SHA-256 in base64: the body is what was signed, to the last byte."""
    if told is None:
        raise NotSigned("A SHA-256 digest of the body must be sent, and signed.")
    if not compare_digest(unpacked(told), hashlib.sha256(body).digest()):
        raise NotSigned("The body is not what its digest says.")


def unpacked(told: str) -> bytes:
    try:
        return b64decode(told, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotSigned("A digest or signature is not base64.") from error


def loaded(pem: str) -> PublicKey:
    """The key, if it is one that we take. Raises NotSigned."""
    try:
        key = load_pem_public_key(pem.encode())
    except (ValueError, UnsupportedAlgorithm) as error:
        raise NotSigned("The public key cannot be read.") from error
    if isinstance(key, ed25519.Ed25519PublicKey):
        return key
    if isinstance(key, rsa.RSAPublicKey) and key.key_size in RSA_BITS and _is_quick(key):
        return key
    raise NotSigned("The public key must be RSA of 2048 to 8192 bits, or Ed25519.")


def _is_quick(key: rsa.RSAPublicKey) -> bool:
    """A large exponent makes one look at a signature as slow as a thousand."""
    return key.public_numbers().e.bit_length() <= 32


def holds(claim: Claim, key: PublicKey) -> bool:
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(claim.signature, claim.signed, padding.PKCS1v15(), hashes.SHA256())
        else:
            key.verify(claim.signature, claim.signed)
    except InvalidSignature:
        return False
    return (claim.algorithm == "ed25519") <= isinstance(key, ed25519.Ed25519PublicKey)

"""HTTP signatures: draft-cavage-12, which everybody takes, and RFC 9421."""

import base64
import hashlib
from datetime import datetime
from email.utils import format_datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa


class Signer(NamedTuple):
    key_id: str
    key: rsa.RSAPrivateKey


def digest_of(body: bytes) -> str:
    """As the header "Digest" has it."""
    return f"SHA-256={base64.b64encode(hashlib.sha256(body).digest()).decode()}"


def sign(
    signer: Signer, *, method: str, url: str, at: datetime, digest: str = ""
) -> dict[str, str]:
    """The headers of a request that is signed as draft-cavage-12 says; `at` in UTC."""
    parts = urlsplit(url)
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    date = format_datetime(at, usegmt=True)
    told = {"(request-target)": f"{method.lower()} {target}", "host": parts.netloc, "date": date}
    if digest:
        told["digest"] = digest
    text = "\n".join(f"{name}: {value}" for name, value in told.items())
    made = signer.key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())
    signature = (
        f'keyId="{signer.key_id}",algorithm="rsa-sha256",headers="{" ".join(told)}",'
        f'signature="{base64.b64encode(made).decode()}"'
    )
    headers = {"Host": parts.netloc, "Date": date, "Signature": signature}
    return {**headers, "Digest": digest} if digest else headers

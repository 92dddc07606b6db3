"""HTTP message signatures, RFC 9421: as much of it as servers of the fediverse send."""

import base64
import hashlib
import re
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from django.conf import settings

from hue.fediverse import names
from hue.fediverse.claims import (
    Claim,
    NotSigned,
    Request,
    require_body,
    require_lately,
    require_unexpired,
    second,
    unpacked,
)
from hue.fediverse.signatures import Signer

# A dictionary of structured fields (RFC 8941): label=("@method" "date");created=1;keyid="…"
_PARAMETERS = r'(?:;[a-z*][\w.*-]*(?:=(?:"[^"\\]*"|-?\d+|[A-Za-z*][\w:/.*-]*|\?[01]))?)*'
INPUT = re.compile(rf'\s*([a-z*][\w.*-]*)=(\(((?: *"[^"\\]*")*) *\)({_PARAMETERS}))\s*(?:,|$)')
BYTES = re.compile(r"\s*([a-z*][\w.*-]*)=:([A-Za-z0-9+/=]*):\s*(?:,|$)")
PARAMETER = re.compile(r';([a-z*][\w.*-]*)=(?:"([^"\\]*)"|(-?\d+))')
ALGORITHMS = {"", "rsa-v1_5-sha256", "ed25519"}


class Input(NamedTuple):
    label: str
    whole: str  # as it was signed
    covered: list[str]
    told: dict[str, str]


def claimed(request: Request, *, at: datetime) -> Claim:
    """Who says to have signed it, its date and its body looked at. Raises NotSigned."""
    signatures = _dictionary(request.headers.get("signature", ""))
    found = _input(request.headers["signature-input"], signatures)
    if found.told.get("alg", "") not in ALGORITHMS:
        raise NotSigned(f"The algorithm {found.told['alg'][:40]} is not taken: rsa-v1_5-sha256 is.")
    _require_enough(found, request)
    require_lately(second(found.told["created"]), at=at)
    if "expires" in found.told:
        require_unexpired(found.told["expires"], at=at)
    if request.body:
        digests = _dictionary(request.headers.get("content-digest", ""))
        require_body(digests.get("sha-256"), request.body)
    lines = [f'"{name}": {_value(name, request)}' for name in found.covered]
    signed = "\n".join([*lines, f'"@signature-params": {found.whole}'])
    signature = unpacked(signatures[found.label])
    return Claim(found.told["keyid"], found.told.get("alg", ""), signed.encode(), signature)


def _dictionary(header: str) -> dict[str, str]:
    """Of a field whose values are bytes; they stay in base64."""
    found, place = {}, 0
    while place < len(header):
        part = BYTES.match(header, place)
        if part is None:
            raise NotSigned("A Signature or Content-Digest header cannot be read.")
        found[part[1]] = part[2]
        place = part.end()
    return found


def _input(header: str, signatures: dict[str, str]) -> Input:
    """The first that has a signature, and names a key and a time."""
    place = 0
    while place < len(header):
        part = INPUT.match(header, place)
        if part is None:
            raise NotSigned("The Signature-Input header cannot be read.")
        told = {one[1]: one[2] if one[2] is not None else one[3] for one in _parameters(part[4])}
        if part[1] in signatures and {"keyid", "created"} <= told.keys():
            return Input(part[1], part[2], re.findall(r'"([^"]*)"', part[3]), told)
        place = part.end()
    raise NotSigned("No signature there names its key and when it was created.")


def _parameters(told: str) -> "list[re.Match[str]]":
    return list(PARAMETER.finditer(told))


def _require_enough(found: Input, request: Request) -> None:
    covered = set(found.covered)
    if len(covered) != len(found.covered):
        raise NotSigned("The signature covers a part twice.")
    where = {"@target-uri"} <= covered or (
        {"@authority"} <= covered
        and ({"@request-target"} <= covered or {"@path"} <= covered)
        and ("?" not in request.target or bool({"@query", "@request-target"} & covered))
    )
    if "@method" not in covered or not where:
        raise NotSigned(
            "The signature must cover @method, and @target-uri or @authority and @path."
        )
    if (request.body or request.method == "POST") and "content-digest" not in covered:
        raise NotSigned("The signature must cover content-digest.")


def _value(name: str, request: Request) -> str:
    """Our own name, whatever was sent: what was signed for another server is nothing to us."""
    path, question, query = request.target.partition("?")
    derived = {
        "@method": request.method,
        "@target-uri": settings.HUE_SITE + request.target,
        "@authority": names.host().lower(),
        "host": names.host(),
        "@scheme": urlsplit(settings.HUE_SITE).scheme,
        "@request-target": request.target,
        "@path": path,
        "@query": f"?{query}" if question else "?",
    }
    value = derived.get(name, request.headers.get(name))
    if value is None:
        raise NotSigned(f"The signature covers {name[:40]}, which was not sent.")
    return value


def sign(
    signer: Signer, *, method: str, url: str, at: datetime, body: bytes | None = None
) -> dict[str, str]:
    """The headers of a request that is signed as RFC 9421 says; `at` in UTC."""
    told = {"@method": method, "@target-uri": url, "@authority": urlsplit(url).netloc}
    headers = {}
    if body is not None:
        digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
        told["content-digest"] = headers["Content-Digest"] = f"sha-256=:{digest}:"
    covered = " ".join(f'"{name}"' for name in told)
    created = int(at.timestamp())
    whole = f'({covered});created={created};keyid="{signer.key_id}";alg="rsa-v1_5-sha256"'
    lines = [*(f'"{name}": {value}' for name, value in told.items())]
    text = "\n".join([*lines, f'"@signature-params": {whole}'])
    made = signer.key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())
    headers["Signature-Input"] = f"sig1={whole}"
    headers["Signature"] = f"sig1=:{base64.b64encode(made).decode()}:"
    return headers

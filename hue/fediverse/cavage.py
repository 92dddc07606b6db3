"""Reading signatures of draft-cavage-http-signatures-12, which most of the fediverse sends."""

import re
from datetime import datetime

from hue.fediverse import names
from hue.fediverse.claims import (
    Claim,
    NotSigned,
    Request,
    require_body,
    require_date,
    require_lately,
    require_unexpired,
    second,
    unpacked,
)

PART = re.compile(r'\s*([a-zA-Z]+)=(?:"([^"]*)"|(\d+))\s*(?:,|$)')
# "hs2019" leaves the algorithm to the key.
ALGORITHMS = {"", "rsa-sha256", "hs2019", "ed25519"}
MUST = ("(request-target)", "host")


def claimed(request: Request, *, at: datetime) -> Claim:
    """Who says to have signed it, its date and its body looked at. Raises NotSigned."""
    told = _parts(request.headers["signature"])
    if told.get("algorithm", "").lower() not in ALGORITHMS:
        raise NotSigned(f"The algorithm {told['algorithm'][:40]} is not taken: use rsa-sha256.")
    if not {"keyId", "signature"} <= told.keys():
        raise NotSigned("The signature names no key, or has no signature in it.")
    headers = told.get("headers", "date").lower().split()
    _require_enough(headers, request)
    _require_now(told, headers, request, at)
    if request.body:
        require_body(_digest(request.headers.get("digest", "")), request.body)
    signed = "\n".join(f"{name}: {_value(name, told, request)}" for name in headers)
    algorithm = told.get("algorithm", "").lower()
    return Claim(told["keyId"], algorithm, signed.encode(), unpacked(told["signature"]))


def _parts(header: str) -> dict[str, str]:
    found, place = {}, 0
    while place < len(header):
        part = PART.match(header, place)
        if part is None or part[1] in found:
            raise NotSigned("The Signature header cannot be read.")
        found[part[1]] = part[2] if part[2] is not None else part[3]
        place = part.end()
    return found


def _require_enough(headers: list[str], request: Request) -> None:
    must = [*MUST, "digest"] if request.body or request.method == "POST" else MUST
    for name in must:
        if name not in headers:
            raise NotSigned(f"The signature must cover {name}.")
    if len(headers) != len(set(headers)):
        raise NotSigned("The signature covers a header twice.")


def _require_now(told: dict[str, str], headers: list[str], request: Request, at: datetime) -> None:
    if "(created)" in headers and "created" in told:
        require_lately(second(told["created"]), at=at)
    elif "date" in headers and "date" in request.headers:
        require_date(request.headers["date"], at=at)
    else:
        raise NotSigned("The signature must cover date, or (created).")
    if "expires" in told:
        require_unexpired(told["expires"], at=at)


def _digest(header: str) -> str | None:
    told = (part.strip().partition("=") for part in header.split(","))
    return next((value for name, _, value in told if name.lower() == "sha-256"), None)


def _value(name: str, told: dict[str, str], request: Request) -> str:
    if name == "(request-target)":
        return f"{request.method.lower()} {request.target}"
    if name == "host":
        # Ours, whatever was sent: what was signed for another server is nothing to us.
        return names.host()
    if name in {"(created)", "(expires)"} and name.strip("()") in told:
        return told[name.strip("()")]
    if name not in request.headers:
        raise NotSigned(f"The signature covers {name[:40]}, which was not sent.")
    return request.headers[name]

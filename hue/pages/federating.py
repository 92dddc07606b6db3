"""What servers elsewhere ask for: which file answers. nginx has the same maps."""

import re
from collections.abc import Iterable
from urllib.parse import parse_qs, urlsplit

from django.conf import settings

# These have a page for people and an object for servers, under one address.
BOTH = ("/posts/", "/actors/")
OBJECT = ".activity.json"
_KINDS = (b"application/activity+json", b"application/ld+json")
_NAME = re.compile(r"[a-z0-9_]{1,60}")
_FIXED = {"/.well-known/nodeinfo": "/nodeinfo.json", "/.well-known/host-meta": "/host-meta.xrd"}
WEBFINGER = "/.well-known/webfinger"


def asks_for_object(path: str, headers: Iterable[tuple[bytes, bytes]]) -> bool:
    return path.startswith(BOTH) and any(
        name == b"accept" and any(kind in value for kind in _KINDS) for name, value in headers
    )


def object_of(path: str) -> str:
    return f"{path.rstrip('/')}{OBJECT}"


def well_known(path: str, query: str) -> str | None:
    """None: there is no such file."""
    if path != WEBFINGER:
        return _FIXED.get(path)
    name = _account(parse_qs(query).get("resource", [""])[0])
    return f"/webfinger/{name}.jrd" if name else None


def _account(resource: str) -> str | None:
    """The name in "acct:name@host", or in the address of an account of ours."""
    own = urlsplit(settings.HUE_SITE)
    if resource.startswith("acct:"):
        name, _, host = resource.removeprefix("acct:").removeprefix("@").lower().partition("@")
        return name if host == own.netloc and _NAME.fullmatch(name) else None
    found = urlsplit(resource)
    path = found.path.rstrip("/").removeprefix("/actors/")
    ours = (found.scheme, found.netloc) == (own.scheme, own.netloc)
    return path if ours and _NAME.fullmatch(path) and found.path.startswith("/actors/") else None

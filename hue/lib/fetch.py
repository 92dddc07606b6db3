"""Fetching from the network: bounded in time and size, never from inside our own walls."""

import ipaddress
import socket
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings

if TYPE_CHECKING:
    import httpx


class FetchFailed(Exception):
    """Nothing usable came; the message says why in words."""


class NoAnswer(FetchFailed):
    """What was sent may have arrived: the line broke after it was open."""


class Answer(NamedTuple):
    status: int
    body: bytes
    content_type: str
    headers: Mapping[str, str] = {}  # names in lower case


def fetch(url: str, *, largest: int, seconds: float = 10.0) -> Answer:
    """GET, without following redirects. Raises FetchFailed."""
    return send("GET", url, largest=largest, seconds=seconds)


def send(
    method: str,
    url: str,
    *,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    largest: int,
    seconds: float = 10.0,
) -> Answer:
    """Any method, by the same rules. Raises NoAnswer where it may have arrived."""
    # Ten megabytes, which most commands never need.
    import httpx

    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise FetchFailed(f"{url} is no address of the web.")
    address = _address(url, parts.hostname, parts.port or (443 if parts.scheme == "https" else 80))
    # To the address that was checked, under the name that was meant: the name may change its mind.
    target = httpx.URL(url).copy_with(host=address)
    request = httpx.Request(
        method,
        target,
        content=body,
        headers={
            **(headers or {}),
            "Host": parts.netloc.rpartition("@")[2],
            "Accept-Encoding": "identity",
        },
        extensions={"sni_hostname": parts.hostname},
    )
    try:
        with httpx.Client(timeout=seconds, trust_env=False) as client:
            answer = client.send(request, stream=True)
            got = _read(answer, largest, time.monotonic() + seconds)
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        raise FetchFailed(f"{url} does not answer ({error}).") from error
    except httpx.HTTPError as error:
        raise NoAnswer(f"{url} does not answer ({error}).") from error
    known = {name.lower(): value for name, value in answer.headers.items()}
    return Answer(answer.status_code, got, known.get("content-type", ""), known)


def _read(answer: "httpx.Response", largest: int, until: float) -> bytes:
    body = bytearray()
    try:
        for part in answer.iter_bytes():
            body += part
            if len(body) > largest:
                raise NoAnswer(f"It is larger than {largest} bytes.")
            if time.monotonic() > until:
                raise NoAnswer("It did not end in time.")
    finally:
        answer.close()
    return bytes(body)


def _address(url: str, host: str, port: int) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise FetchFailed(f"The name {host} is not known.") from error
    addresses = [str(entry[4][0]) for entry in found]
    if not _ours(url) and not all(ipaddress.ip_address(a).is_global for a in addresses):
        raise FetchFailed(f"{host} leads inside a private network.")
    return addresses[0]


def _ours(url: str) -> bool:
    """Our own site, wherever it stands, or anything on this machine in a test."""
    own, asked = urlsplit(settings.HUE_SITE), urlsplit(url)
    same = (own.scheme, own.netloc) == (asked.scheme, asked.netloc)
    return same or bool(settings.HUE_FETCH_PRIVATE)

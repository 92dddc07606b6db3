"""Asking the network: bounded in time and size, never inside our own walls."""

import ipaddress
import socket
import time
from collections.abc import AsyncIterator, Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings

if TYPE_CHECKING:
    import aiohttp
    import httpx

MOST_REDIRECTS = 3


class FetchFailed(Exception):
    """Nothing usable came; the message says why in words."""


class NoAnswer(FetchFailed):
    """What was sent may have arrived: the line broke after it was open."""


class Inside(OSError):
    """The address stands inside a private network."""


class Answer(NamedTuple):
    status: int
    body: bytes
    content_type: str
    url: str  # that answered, past any redirects
    headers: Mapping[str, str] = {}  # asked for by names in small letters


def session(*, limit: int, seconds: float, kept: float = 15.0) -> "aiohttp.ClientSession":
    """For requests by the hundred: at most `limit` at once (0: whoever asks has a limit of their
    own), none longer than `seconds`; connections stay open for `kept` seconds.

    Whatever name or redirect leads there, a socket opens to checked addresses alone. Ask by
    `ask`, which reads no more than it is told and follows nothing.
    """
    # Ten megabytes each, which most commands never need: here and in `fetch`.
    from asyncio import sslproto

    import aiohttp

    # 256 KB for each connection otherwise: with a thousand of them, more than all the rest.
    sslproto.SSLProtocol.max_size = 16_384
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(
            limit=limit,
            keepalive_timeout=kept,
            resolver=_names_of_tests() if settings.HUE_FETCH_PRIVATE else None,
            socket_factory=_checked_socket,
        ),
        timeout=aiohttp.ClientTimeout(total=seconds, sock_connect=seconds / 2),
        cookie_jar=aiohttp.DummyCookieJar(),
        # A small answer that unpacks to a large one is read as it came.
        auto_decompress=False,
        headers={"Accept-Encoding": "identity", "User-Agent": f"hue ({settings.HUE_SITE})"},
    )


def _names_of_tests() -> "aiohttp.abc.AbstractResolver":
    """Many names for one machine: those below ".test" lead to this one."""
    from aiohttp import ThreadedResolver

    class Resolver(ThreadedResolver):
        async def resolve(self, host: str, *also: Any, **more: Any) -> Any:
            name = "127.0.0.1" if host.endswith(".test") else host
            return [{**one, "hostname": host} for one in await super().resolve(name, *also, **more)]

    return Resolver()


async def ask(
    session: "aiohttp.ClientSession",
    method: str,
    url: str,
    *,
    largest: int,
    headers: Mapping[str, str],
    body: bytes | None = None,
) -> Answer:
    """One request, byte for byte as given. Raises FetchFailed."""
    return (await _ask(session, method, url, largest, headers, body))[0]


async def get(
    session: "aiohttp.ClientSession",
    url: str,
    *,
    largest: int,
    headers: Callable[[str], Mapping[str, str]],
    redirects: int = MOST_REDIRECTS,
) -> Answer:
    """GET past redirects; `headers` are made for each address on the way. Raises FetchFailed."""
    for _ in range(redirects + 1):
        answer, location = await _ask(session, "GET", url, largest, headers(url), None)
        if not location:
            return answer
        url = urljoin(url, location)
    raise FetchFailed(f"It leads on and on, at last to {url}.")


async def _ask(
    session: "aiohttp.ClientSession",
    method: str,
    url: str,
    largest: int,
    headers: Mapping[str, str],
    body: bytes | None,
) -> tuple[Answer, str]:
    """The answer, and where it sends us instead."""
    import aiohttp
    from yarl import URL

    _require_web(url)
    asked: dict[str, Any] = {"headers": headers, "data": body, "allow_redirects": False}
    try:
        # What was signed is this very address.
        async with session.request(method, URL(url, encoded=True), **asked) as answer:
            read = await _bounded(answer, largest)
            kind = answer.headers.get("Content-Type", "")
            moved = answer.status in {301, 302, 303, 307, 308}
            location = answer.headers.get("Location", "") if moved else ""
            return Answer(answer.status, read, kind, url, answer.headers), location
    except (aiohttp.ClientError, OSError, ValueError) as error:
        raise FetchFailed(_why(url, error)) from error


async def _bounded(answer: "aiohttp.ClientResponse", largest: int) -> bytes:
    body = bytearray()
    async for part in answer.content.iter_any():
        body += part
        if len(body) > largest:
            raise FetchFailed(f"It is larger than {largest} bytes.")
    return bytes(body)


async def listen(session: "aiohttp.ClientSession", url: str, *, largest: int) -> AsyncIterator[str]:
    """What a websocket says, message by message, to the same checked addresses alone."""
    import aiohttp

    _require_web(url.replace("ws", "http", 1))
    try:
        async with session.ws_connect(url, max_msg_size=largest, heartbeat=10) as line:
            async for message in line:
                if message.type is not aiohttp.WSMsgType.TEXT:
                    raise FetchFailed(f"{url} sends something that is no text, or too long a one.")
                yield message.data
    except (aiohttp.ClientError, OSError, ValueError) as error:
        raise FetchFailed(_why(url, error)) from error


def _why(url: str, error: Exception) -> str:
    cause = getattr(error, "os_error", error)
    if isinstance(cause, Inside):
        return str(cause)
    if isinstance(error, TimeoutError):
        return f"{url} did not answer in time."
    return f"{url} does not answer ({error})."


def fetch(url: str, *, largest: int, seconds: float = 10.0) -> Answer:
    """GET, without following redirects, for who waits. Our own site may stand inside."""
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
    """The same by any method. Raises NoAnswer where what was sent may have arrived."""
    import httpx

    parts = _require_web(url)
    host = parts.hostname or ""
    address = _address(url, host, parts.port or (443 if parts.scheme == "https" else 80))
    # To the address that was checked, under the name that was meant: the name may change its mind.
    target = httpx.URL(url).copy_with(host=address)
    request = httpx.Request(
        method,
        target,
        content=body,
        headers={**(headers or {}), "Host": parts.netloc, "Accept-Encoding": "identity"},
        extensions={"sni_hostname": host},
    )
    try:
        with httpx.Client(timeout=seconds, trust_env=False) as client:
            answer = client.send(request, stream=True)
            got = _read(answer, largest, time.monotonic() + seconds)
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        raise FetchFailed(_why(url, error)) from error
    except httpx.HTTPError as error:
        raise NoAnswer(_why(url, error)) from error
    known = {name.lower(): value for name, value in answer.headers.items()}
    return Answer(answer.status_code, got, known.get("content-type", ""), url, known)


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


def _require_web(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchFailed(f"{url} is no address of the web.") from error
    plain = url.isascii() and url.isprintable() and " " not in url and "@" not in parts.netloc
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0 or not plain:
        raise FetchFailed(f"{url} is no address of the web.")
    return parts


def _checked_socket(found: Any) -> socket.socket:
    """Asked with each address before it is connected to, however we came by it."""
    family, kind, protocol, _, address = found
    _require_outside(str(address[0]), str(address[0]))
    return socket.socket(family=family, type=kind, proto=protocol)


def _address(url: str, host: str, port: int) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise FetchFailed(f"The name {host} is not known.") from error
    addresses = [str(entry[4][0]) for entry in found]
    own, asked = urlsplit(settings.HUE_SITE), urlsplit(url)
    if (own.scheme, own.netloc) != (asked.scheme, asked.netloc):
        for address in addresses:
            try:
                _require_outside(address, host)
            except Inside as inside:
                raise FetchFailed(str(inside)) from inside
    return addresses[0]


def _require_outside(address: str, name: str) -> None:
    if not _outside(ipaddress.ip_address(address.partition("%")[0])) and not (
        settings.HUE_FETCH_PRIVATE
    ):
        raise Inside(f"{name} leads inside a private network.")


def _outside(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        # Gateways turn these into the IPv4 address that stands in them.
        for within in (address.ipv4_mapped, address.sixtofour, _nat64(address)):
            if within is not None:
                return _outside(within)
    return address.is_global and not address.is_multicast


def _nat64(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    within = address in ipaddress.ip_network("64:ff9b::/96")
    return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if within else None

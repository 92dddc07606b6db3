"""Messages to many servers elsewhere at once: each name is looked up, and what it leads to is
checked, between the name and the connection."""

import ipaddress
import socket
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import NamedTuple

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from django.conf import settings
from yarl import URL

from hue.lib.fetch import FetchFailed

CONNECT, WHOLE = 4.0, 8.0  # seconds
KEPT_OPEN = 2.0  # seconds: for what goes to the same server next
LOOPBACK = ".test"  # names of tests: with HUE_FETCH_PRIVATE they lead to this machine


class Posted(NamedTuple):
    status: int
    retry_after: str


class NoAnswer(Exception):
    """It may be another time; the message says why in words."""


class _Checked(AbstractResolver):
    """Only what the whole world can reach: an inbox may name our own network."""

    def __init__(self) -> None:
        self._real = aiohttp.ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        if settings.HUE_FETCH_PRIVATE and host.endswith(LOOPBACK):
            return [_to_this_machine(host, port)]
        found = await self._real.resolve(host, port, family)
        for one in found:
            _check(one["host"], host)
        return found

    async def close(self) -> None:
        await self._real.close()


@asynccontextmanager
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    connector = aiohttp.TCPConnector(
        resolver=_Checked(),
        ssl=ssl.create_default_context(),
        limit=0,  # whoever sends has a limit of their own
        keepalive_timeout=KEPT_OPEN,
        ttl_dns_cache=300,
    )
    async with aiohttp.ClientSession(
        connector=connector,
        timeout=aiohttp.ClientTimeout(total=WHOLE, sock_connect=CONNECT),
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
    ) as opened:
        yield opened


async def post(
    through: aiohttp.ClientSession, url: str, body: bytes, headers: Mapping[str, str]
) -> Posted:
    """No redirect is followed, no answer is read. Raises NoAnswer, or FetchFailed for good."""
    target = _target(url)
    try:
        async with through.post(
            target, data=body, headers=headers, allow_redirects=False
        ) as answer:
            return Posted(answer.status, answer.headers.get("Retry-After", ""))
    except TimeoutError as error:
        raise NoAnswer(f"It did not answer within {WHOLE:.0f} seconds.") from error
    except (aiohttp.ClientError, OSError) as error:
        raise NoAnswer(_why(error)) from error


def _target(url: str) -> URL:
    try:
        target = URL(url, encoded=True)
        host = target.host
    except ValueError as error:
        raise FetchFailed(f"{url} is no address of the web.") from error
    if target.scheme not in {"http", "https"} or not host:
        raise FetchFailed(f"{url} is no address of the web.")
    if host.replace(".", "").isdigit() or ":" in host:  # no name that could be looked up
        _check(host, host)
    return target


def _check(address: str, host: str) -> None:
    try:
        private = not ipaddress.ip_address(address).is_global
    except ValueError as error:
        raise FetchFailed(f"{address} is no address of the web.") from error
    if private and not settings.HUE_FETCH_PRIVATE:
        raise FetchFailed(f"{host} leads inside a private network.")


def _why(error: Exception) -> str:
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "Its name is not known."
    if isinstance(error, aiohttp.ClientSSLError):
        return "It shows no certificate that we could trust."
    if isinstance(error, aiohttp.ClientConnectorError):
        return "It takes no connection."
    return "It closed the connection without an answer."


def _to_this_machine(host: str, port: int) -> ResolveResult:
    return ResolveResult(
        hostname=host, host="127.0.0.1", port=port, family=socket.AF_INET, proto=0, flags=0
    )

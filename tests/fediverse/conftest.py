"""What these tests begin with."""

import asyncio
from typing import Any

import pytest

from hue.fediverse import actions, jobs
from hue.fediverse.models import Actor
from hue.pages.serve import PublicFiles
from tests.cast import NOON, Cast
from tests.fediverse.door import door  # noqa: F401
from tests.fediverse.neighbour import neighbour  # noqa: F401


@pytest.fixture
def loopback(settings: Any) -> None:
    """Servers elsewhere stand on this machine."""
    settings.HUE_FETCH_PRIVATE = True


def opened(cast: Cast, kind: str, key: str, name: str) -> Actor:
    return actions.open_account(by=cast.comms, at=NOON, kind=kind, key=key, name=name)


@pytest.fixture
def force(cast: Cast) -> Actor:
    return opened(cast, "force", "", "police")


@pytest.fixture
def unit(cast: Cast) -> Actor:
    return opened(cast, "unit", "south", "south_police")


def sent() -> None:
    """As the worker does it."""
    jobs.address()
    jobs.send()


def asked(
    path: str, accept: str = "application/activity+json"
) -> tuple[int, dict[bytes, bytes], bytes]:
    """Of the one-box server."""
    from django.conf import settings

    told: list[dict[str, Any]] = []
    address, _, query = path.partition("?")
    scope = {"type": "http", "method": "GET", "path": address, "query_string": query.encode()}
    scope["headers"] = [(b"accept", accept.encode())]

    async def send(message: dict[str, Any]) -> None:
        told.append(message)

    asyncio.run(PublicFiles(settings.PUBLIC_ROOT)(scope, None, send))
    return told[0]["status"], dict(told[0]["headers"]), told[1]["body"]

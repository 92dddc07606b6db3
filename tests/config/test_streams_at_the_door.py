"""Who is let in to which stream, asked of the server itself."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from asgiref.sync import sync_to_async
from django.conf import LazySettings
from django.db import connection
from django.test import Client

from hue.config import asgi
from hue.people import actions
from hue.people.models import Phone
from hue.streams.crowd import Crowd
from tests.cast import NOON, Cast

PHONE = "0123456789abcdef0123456789abcdef"
HERE = "203.0.113.5"


@sync_to_async
def _closed() -> None:
    """The connection of the thread that looked who is asking."""
    connection.close()


async def _asked(topic: str, headers: dict[str, str], address: str) -> tuple[int, str]:
    """Status and words; whoever is let in leaves at once."""
    said: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        said.append(message)

    async def receive() -> dict[str, Any]:
        while not said:
            await asyncio.sleep(0.01)
        return {"type": "http.disconnect"}

    scope = {
        "type": "http",
        "method": "GET",
        "path": f"/stream/{topic}",
        "query_string": b"",
        "client": (address, 1000),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    await asgi.application(scope, receive, send)
    await _closed()
    return said[0]["status"], b"".join(part.get("body", b"") for part in said[1:]).decode()


def ask(
    topic: str, client: Client | None = None, *, address: str = HERE, **headers: str
) -> tuple[int, str]:
    if client is not None:
        headers["cookie"] = client.cookies.output(header="", sep=";")
    return asyncio.run(_asked(topic, headers, address))


@contextmanager
def filled(most: int, *addresses: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """So many may come from one address, and these are there."""
    crowd = Crowd(most)
    monkeypatch.setattr(asgi, "crowd", crowd)
    places = [crowd.place(address) for address in addresses]
    assert all(place.__enter__() for place in places)
    yield
    for place in places:
        place.__exit__(None, None, None)


@pytest.mark.django_db(transaction=True)
def test_the_desks_stream_asks_for_what_the_desk_asks_for(cast: Cast, client: Client) -> None:
    assert ask("desk") == (403, asgi.FOR_STAFF)
    client.force_login(cast.sergeant)
    assert ask("desk", client)[0] == 200
    assert ask(f"officer/{cast.officer.pk}", client)[0] == 403
    Authenticator.objects.all().delete()
    assert client.get("/desk/people/").status_code == 302
    assert ask("desk", client)[0] == 403
    assert ask(f"officer/{cast.sergeant.pk}", client)[0] == 403


@pytest.mark.django_db(transaction=True)
def test_a_phone_that_was_given_up_does_not_listen(cast: Cast, client: Client) -> None:
    actions.register_phone(by=cast.officer, at=NOON, phone=PHONE)
    client.force_login(cast.officer)
    client.cookies["hue_device"] = PHONE
    assert ask("desk", client)[0] == 200
    actions.forget_phone(by=cast.officer, at=NOON, phone=Phone.objects.get())
    assert ask("desk", client)[0] == 403


def test_an_address_that_holds_too_many_streams_is_told_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with filled(2, HERE, HERE, monkeypatch=monkeypatch):
        assert ask("force") == (429, asgi.TOO_MANY)
        assert ask("force", address="203.0.113.6")[0] == 200
    for _ in range(3):  # a place is free again as soon as somebody leaves
        assert ask("force")[0] == 200


def test_one_household_of_ipv6_is_one_address(monkeypatch: pytest.MonkeyPatch) -> None:
    with filled(1, "2001:db8:1:2::1", "::ffff:192.0.2.1", monkeypatch=monkeypatch):
        assert ask("force", address="2001:db8:1:2:ffff::9")[0] == 429
        assert ask("force", address="192.0.2.1")[0] == 429
        assert ask("force", address="2001:db8:1:3::1")[0] == 200


def test_behind_our_own_web_server_readers_are_told_apart(
    monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    with filled(1, HERE, monkeypatch=monkeypatch):
        assert ask("force", address="127.0.0.1", **{"x-forwarded-for": HERE})[0] == 429
        forged = f"{HERE}, 198.51.100.7"
        assert ask("force", address="127.0.0.1", **{"x-forwarded-for": forged})[0] == 200


@pytest.mark.django_db(transaction=True)
def test_staff_do_not_count_among_the_public(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(cast.sergeant)
    with filled(1, HERE, monkeypatch=monkeypatch):
        assert ask("desk", client)[0] == 200


def test_a_school_fits(settings: LazySettings) -> None:
    assert settings.HUE_STREAMS_AN_ADDRESS >= 1500

"""In a drill nothing leaves, with every connector configured, the fediverse and mail on."""

import asyncio
import smtplib
import socket
import threading
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import send_mail

from hue.channels.models import Delivery
from hue.channels.networks import NETWORKS
from hue.fediverse.models import Dispatch
from hue.lib import fetch, walls
from hue.people.models import Officer
from tests.cast import NOON, Cast
from tests.channels.kinds import KINDS, Kind
from tests.channels.opened import opened, say, work
from tests.channels.stub import serving
from tests.fediverse.conftest import opened as followed
from tests.fediverse.conftest import sent
from tests.fediverse.elsewhere import elsewhere, follow
from tests.media.test_pictures import photo, take
from tests.publishing.public import say as public_say


@pytest.fixture
def drill(settings: Any) -> Iterator[None]:
    """The wall stands in this process for ever; it lets through what is no drill."""
    walls.build()
    settings.HUE_FETCH_PRIVATE = True
    settings.HUE_DRILL = "august-2011:10"
    yield
    settings.HUE_DRILL = ""


@pytest.fixture
def listener() -> Iterator[tuple[str, int, list[object]]]:
    """Somebody who counts whoever connects."""
    came: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)

        def count() -> None:
            while not done.is_set():
                try:
                    connection, who = server.accept()
                    connection.close()
                    came.append(who)
                except TimeoutError:
                    continue

        done = threading.Event()
        thread = threading.Thread(target=count)
        thread.start()
        host, port = server.getsockname()
        yield host, port, came
        done.set()
        thread.join()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_no_connector_reaches_its_network(
    cast: Cast, owner: Officer, kind: Kind, drill: None, settings: Any
) -> None:
    with serving(kind.stub()) as stub:
        account = opened(cast, owner, kind.slug, stub.url + kind.path, kind.secrets)
        needs = NETWORKS[kind.slug].can.needs_picture
        say(cast, "Puppy found.", pictures=[take(cast, photo())] if needs else [])
        assert Delivery.objects.filter(account=account).exists()
        work()
        assert not stub.asked
        assert not Delivery.objects.filter(account=account, state="sent").exists()
        settings.HUE_DRILL = ""  # the same account reaches its network where no drill is
        work(at=NOON + timedelta(days=1))
        assert stub.asked


@pytest.mark.django_db(transaction=True)
def test_nothing_reaches_those_who_follow_on_the_fediverse(cast: Cast, settings: Any) -> None:
    settings.HUE_FETCH_PRIVATE = True
    force = followed(cast, "force", "", "police")
    with elsewhere() as there:
        follow(force, there.url, "ann")
        walls.build()
        settings.HUE_DRILL = "august-2011:10"
        public_say(cast)
        sent()
        assert not there.came
    assert Dispatch.objects.exists()


def test_what_asks_the_network_by_itself_is_refused_too(
    drill: None, listener: tuple[str, int, list[object]]
) -> None:
    host, port, came = listener

    async def by_aiohttp() -> None:
        async with fetch.session(limit=1, seconds=2) as session:
            await session.get(f"http://{host}:{port}/")

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagram:
        for ask in (
            lambda: socket.create_connection((host, port), timeout=2),
            lambda: urllib.request.urlopen(f"http://{host}:{port}/", timeout=2),
            lambda: smtplib.SMTP(host, port, timeout=2),
            lambda: datagram.sendto(b"x", (host, port)),
            lambda: socket.getaddrinfo("live.police.example", 443),
            lambda: asyncio.run(by_aiohttp()),
        ):
            with pytest.raises(OSError):  # noqa: PT011  aiohttp wraps ours in its own
                ask()
    assert not came


def test_mail_does_not_leave(
    drill: None, listener: tuple[str, int, list[object]], settings: Any
) -> None:
    host, port, came = listener
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = host, port
    with pytest.raises(OSError, match="drill"):
        send_mail("subject", "words", "desk@police.example", ["somebody@example.org"])
    assert not came


def test_without_a_drill_the_wall_is_open(listener: tuple[str, int, list[object]]) -> None:
    walls.build()
    host, port, _ = listener
    socket.create_connection((host, port), timeout=2).close()

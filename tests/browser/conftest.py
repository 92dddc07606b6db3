"""A real browser: before the whole product (`box`), or before `live_server` with a signal that
can be lost."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from hue.people.models import Officer
from tests.box import NEARLY_STILL, Box, running
from tests.browser import chromium
from tests.browser.kinds import Walk, walk
from tests.browser.visit import Visit

AT = "16:20"
expect.set_options(timeout=10_000)  # two cores may be busy with the other half of the tests


# Not for the whole session, as pytest-playwright has them: its event loop stays open in this
# thread, and neither Django's ORM nor asyncio work beside it without leave.
@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as started:
        # The ORM calls beside the loop are still synchronous.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield started


@pytest.fixture(scope="package")
def launch() -> dict[str, Any]:
    executable = chromium.found()
    if executable is None:
        pytest.skip(chromium.MISSING)
    return chromium.options(executable)


@pytest.fixture(scope="package")
def browser(launch: dict[str, Any], playwright: Playwright) -> Iterator[Browser]:
    started = playwright.chromium.launch(**launch)
    yield started
    started.close()


@pytest.fixture(scope="session")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    """The demonstration at twenty past four; time nearly stands still, so that nothing moves."""
    if chromium.found() is None:
        pytest.skip(chromium.MISSING)
    with running(tmp_path_factory.mktemp("box"), at=AT, speed=NEARLY_STILL) as started:
        yield started


@pytest.fixture(scope="session")
def walked(box: Box) -> Walk:
    return walk(box.site)


@pytest.fixture
def open_window(browser: Browser, box: Box) -> Iterator[Callable[..., Page]]:
    """A window of a stranger, before the box; `also` are options of a browser context."""
    opened: list[BrowserContext] = []

    def one(**also: Any) -> Page:
        viewport = {"width": 390, "height": 844}
        context = browser.new_context(
            **{"base_url": box.site, "viewport": viewport, "locale": "en-GB", **also}
        )
        context.set_default_timeout(15_000)
        opened.append(context)
        return context.new_page()

    yield one
    for context in opened:
        context.close()


@pytest.fixture
def reader(open_window: Callable[..., Page]) -> Page:
    return open_window()


@pytest.fixture
def plain_reader(open_window: Callable[..., Page]) -> Page:
    """In a browser without JavaScript."""
    return open_window(java_script_enabled=False)


@pytest.fixture
def visit(reader: Page) -> Visit:
    return Visit(reader)


class Signal:
    """The way from the phone to the server: a proxy on loopback that can go away and come back."""

    def __init__(self, target: tuple[str, int]) -> None:
        self._target, self._open = target, True
        self._pairs: list[socket.socket] = []
        self._server = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._server.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def lose(self) -> None:
        self._open = False
        for end in self._pairs:
            _shut(end)
        self._pairs.clear()

    def find(self) -> None:
        self._open = True

    def close(self) -> None:
        self.lose()
        _shut(self._server)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._server.accept()
                if not self._open:
                    _shut(near)
                    continue
                far = socket.create_connection(self._target)
                self._pairs += [near, far]
                for source, sink in ((near, far), (far, near)):
                    threading.Thread(target=_pump, args=(source, sink), daemon=True).start()


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
    _shut(sink)
    _shut(source)


def _shut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


@pytest.fixture
def signal(live_server: object) -> Iterator[Signal]:
    parts = urlsplit(str(live_server))
    signal = Signal((str(parts.hostname), int(parts.port or 80)))
    yield signal
    signal.close()


@pytest.fixture
def phone(
    playwright: Playwright, launch: dict[str, Any], tmp_path: Path, signal: Signal
) -> Iterator[Callable[[Officer | None], BrowserContext]]:
    """Switches a phone on; called again it is the same phone, restarted."""
    on: list[BrowserContext] = []

    def switch_on(officer: Officer | None = None) -> BrowserContext:
        while on:
            on.pop().close()
        context = playwright.chromium.launch_persistent_context(
            tmp_path / "phone",
            **launch,
            viewport={"width": 390, "height": 844},
            base_url=signal.url,
        )
        context.set_default_timeout(15_000)
        on.append(context)
        if officer is not None:
            sign_in(context, signal, officer)
        return context

    yield switch_on
    for context in on:
        context.close()


def sign_in(context: BrowserContext, signal: Signal, officer: Officer) -> None:
    context.add_cookies([session_of(officer, signal.url)])  # type: ignore[list-item]


def session_of(officer: Officer, url: str) -> dict[str, object]:
    """The cookie of somebody who signed in."""
    client = Client()
    client.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    value = client.cookies["hue_session"].value
    return {"name": "hue_session", "value": value, "url": url, "expires": 2_000_000_000}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window of its own. pytest-playwright's needs a base_url that other fixtures upset."""
    context = browser.new_context()
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()

"""Whatever an address from outside says, nothing inside our walls is asked."""

import asyncio
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from hue.lib import fetch
from hue.lib.fetch import Answer, FetchFailed


class Elsewhere(BaseHTTPRequestHandler):
    asked: list[tuple[str, str | None]] = []

    def log_message(self, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers["X-Signed-For"]))
        if self.path.startswith("/on/"):
            left = int(self.path.rpartition("/")[2])
            self._moved(f"/on/{left - 1}" if left else "/plain")
        elif self.path == "/endless":
            self.send_response(200)
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b"x" * 1000)
                    time.sleep(0.001)
            except OSError:
                pass
        elif self.path == "/slow":
            time.sleep(1)
        elif self.path == "/bomb":
            self.send_response(200)
            self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(b"packed")
        else:
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")
            self.end_headers()
            self.wfile.write(b"words")

    def _moved(self, to: str) -> None:
        self.send_response(302)
        self.send_header("Location", to)
        self.end_headers()


@pytest.fixture
def elsewhere(settings: Any) -> Iterator[str]:
    settings.HUE_FETCH_PRIVATE = True
    Elsewhere.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=server.serve_forever).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def get(url: str, *, redirects: int = 0, largest: int = 1000, seconds: float = 5) -> Answer:
    async def asked() -> Answer:
        async with fetch.session(limit=2, seconds=seconds) as session:
            return await fetch.get(
                session,
                url,
                largest=largest,
                headers=lambda url: {"X-Signed-For": url},
                redirects=redirects,
            )

    return asyncio.run(asked())


def test_an_answer_is_read_as_it_comes(elsewhere: str) -> None:
    told = get(elsewhere)
    assert (told.status, told.body, told.url) == (200, b"words", elsewhere)
    assert told.content_type == told.headers["Content-Type"] == "text/plain"
    assert get(f"{elsewhere}/bomb").body == b"packed"


def test_redirects_are_followed_only_when_asked_and_signed_anew(elsewhere: str) -> None:
    with pytest.raises(FetchFailed, match="leads on and on"):
        get(f"{elsewhere}/on/1")
    Elsewhere.asked.clear()
    assert get(f"{elsewhere}/on/2", redirects=3).url == f"{elsewhere}/plain"
    assert all(signed == elsewhere + path for path, signed in Elsewhere.asked)
    assert len(Elsewhere.asked) == 4
    with pytest.raises(FetchFailed, match="leads on and on"):
        get(f"{elsewhere}/on/3", redirects=3)


INSIDE = (
    "http://127.0.0.1/", "http://[::1]/", "http://10.0.0.1/", "http://169.254.169.254/latest",
    "http://[::ffff:10.0.0.1]/", "http://[64:ff9b::a00:1]/", "http://[2002:7f00:1::]/",
    "http://localhost/", "http://0.0.0.0/", "http://224.0.0.1/", "http://2130706433/",
    "http://[fe80::1%25lo]/",
)  # fmt: skip


@pytest.mark.parametrize("url", INSIDE)
def test_nothing_inside_is_asked_however_it_is_written(url: str, settings: Any) -> None:
    settings.HUE_FETCH_PRIVATE = False
    with pytest.raises(FetchFailed, match=r"private network|no address|not known|does not answer"):
        get(url, seconds=2)


def test_an_address_inside_is_never_connected_to(elsewhere: str, settings: Any) -> None:
    settings.HUE_FETCH_PRIVATE = False
    with pytest.raises(FetchFailed, match="leads inside a private network"):
        get(elsewhere)
    with pytest.raises(FetchFailed, match="leads inside a private network"):
        get(elsewhere.replace("127.0.0.1", "localhost"))
    assert Elsewhere.asked == []


def test_a_name_that_changes_its_mind_gains_nothing(
    elsewhere: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS says something else each time: what is connected to is what was looked at."""
    settings.HUE_FETCH_PRIVATE = False
    port = int(elsewhere.rpartition(":")[2])

    async def told(*_: Any, **__: Any) -> Any:
        return [(2, 1, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", told)
    with pytest.raises(FetchFailed, match="leads inside a private network"):
        get(f"http://good.example:{port}/")
    assert Elsewhere.asked == []


def test_a_redirect_leads_inside_no_more_than_an_address(elsewhere: str, settings: Any) -> None:
    class Turning(Elsewhere):
        def do_GET(self) -> None:
            # From now on this machine is "inside", as it is in production.
            settings.HUE_FETCH_PRIVATE = False
            self._moved(f"{elsewhere}/plain")

    server = ThreadingHTTPServer(("127.0.0.1", 0), Turning)
    threading.Thread(target=server.serve_forever).start()
    try:
        with pytest.raises(FetchFailed, match="leads inside a private network"):
            get(f"http://127.0.0.1:{server.server_address[1]}/", redirects=3)
    finally:
        server.shutdown()
        server.server_close()
    assert Elsewhere.asked == []


def test_neither_endless_nor_slow_answers_hold_us(elsewhere: str) -> None:
    with pytest.raises(FetchFailed, match="larger than 1000 bytes"):
        get(f"{elsewhere}/endless")
    with pytest.raises(FetchFailed, match="in time"):
        get(f"{elsewhere}/endless", largest=10**9, seconds=0.3)
    with pytest.raises(FetchFailed, match="in time"):
        get(f"{elsewhere}/slow", seconds=0.3)


@pytest.mark.parametrize(
    "odd",
    ["file:///etc/passwd", "gopher://x/", "http://", "http://a b/", "http://u:p@x/", "http://x:0/",
     "http://x:99999999/", "http://[::1/", "http://x/\n", "ftp://x/", "//x/", ""],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_not_asked(odd: str) -> None:
    with pytest.raises(FetchFailed, match="no address of the web"):
        get(odd)

"""From an officer's screen through the relay and nginx with nchan to whoever reads along."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlsplit

import pytest

from hue.lib import clock
from hue.publishing import actions
from hue.publishing.actions.compose import Draft
from hue.publishing.models import Post
from tests.cast import Cast
from tests.nginx import nchan, needs_nchan
from tests.processes import running, wait_for
from tests.streams.test_streams import listens

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
OLD, NEW = "Seen in Acacia Road.", "The street was named by mistake."


class Reader:
    """A stream opened as a browser opens it; `last` is the Last-Event-ID it comes back with."""

    def __init__(self, address: str, last: str = "") -> None:
        self._http = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
        headers = {"Accept": "text/event-stream", **({"Last-Event-ID": last} if last else {})}
        self._http.request("GET", "/stream/force", headers=headers)
        self._answer = self._http.getresponse()
        assert self._answer.status == 200
        self.heard = ""
        threading.Thread(target=self._listen, daemon=True).start()
        wait_for(lambda: self.heard)  # nchan says hello: whatever is told from now on comes

    def _listen(self) -> None:
        while line := self._answer.readline():
            self.heard += line.decode()

    def hears(self, words: str) -> None:
        wait_for(lambda: words in self.heard)

    @property
    def newest(self) -> str:
        ids = [line for line in self.heard.splitlines() if line.startswith("id: ")]
        return ids[-1].removeprefix("id: ")


@pytest.fixture
def here(tmp_path: Path) -> Iterator[str]:
    with nchan(tmp_path) as address:
        yield address


@contextmanager
def relaying(address: str) -> Iterator[None]:
    with running("hue", "relay", HUE_NCHAN=f"{address}/tell/"):
        wait_for(listens)
        yield


def post(cast: Cast, text: str) -> Post:
    return actions.compose(by=cast.officer, at=clock.now(), draft=Draft(text))


@needs_nchan
def test_withdrawn_words_are_replayed_to_nobody(cast: Cast, here: str) -> None:
    with relaying(here):
        reader = Reader(here)
        before = post(cast, "Puppy found.")
        reader.hears("Puppy found.")
        first = reader.newest
        wrong = post(cast, OLD)
        reader.hears(OLD)
        actions.withdraw(by=cast.sergeant, at=clock.now(), post=wrong, reason=NEW)
        reader.hears(NEW)
        back, new = Reader(here, first), Reader(here)
        again = Reader(here, f"{int(first.split(':')[0]) - 60}:0")
        actions.withdraw(by=cast.sergeant, at=clock.now(), post=before, reason="It was a cat.")
        for late in (back, new, again):
            late.hears("It was a cat.")
            assert OLD not in late.heard


class Publisher(BaseHTTPRequestHandler):
    """Stands where nginx would, and takes nothing until it is `well`."""

    well = threading.Event()
    refused: ClassVar[list[str]] = []
    taken: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        told = self.rfile.read(int(self.headers["Content-Length"])).decode()
        (self.taken if self.well.is_set() else self.refused).append(told)
        self.send_response(202 if self.well.is_set() else 503)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Not in the tests' output."""


def test_what_waits_for_nginx_is_not_told_once_it_was_withdrawn(cast: Cast) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Publisher)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with closing(server.socket), relaying(f"http://127.0.0.1:{server.server_port}"):
        wrong = post(cast, OLD)
        wait_for(lambda: any(OLD in told for told in Publisher.refused))
        actions.withdraw(by=cast.sergeant, at=clock.now(), post=wrong, reason=NEW)
        Publisher.well.set()
        wait_for(lambda: any(NEW in told for told in Publisher.taken))
        assert not any(OLD in told for told in Publisher.taken)
        server.shutdown()

"""PostgreSQL stops: the public notices nothing, staff are told, everything comes back by itself."""

import contextlib
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator

import psutil
import pytest

from tests.box import Box, box

__all__ = ["box"]
pytestmark = pytest.mark.slow
SOAK = os.environ.get("HUE_SOAK") == "yes"
ROUNDS, SECONDS = (5, 20) if SOAK else (1, 4)
STAFF = "/sign-in/login/"
PUBLIC = (
    "/",
    "/feed.rss",
    "/feed.json",
    "/events/bsp24/",
    "/events/bsp24/feed.atom",
    "/events/bsp24/latest/",
    "/neighbourhoods/kings-heath/",
)


def test_pages_answer_staff_are_told_and_all_comes_back(box: Box) -> None:
    box.until(lambda: all(box.get(path).status_code == 200 for path in PUBLIC), 60)
    for _ in range(ROUNDS):
        with away(box):
            box.until(lambda: box.get(STAFF).status_code >= 500, 20)
            over = time.monotonic() + SECONDS
            while time.monotonic() < over:
                for path in PUBLIC:
                    assert box.get(path).status_code == 200, path
            told = box.get(STAFF)
            assert told.status_code == 503
            assert "999" in told.text, "what staff see says who to call and that it is known"
        box.until(lambda: box.get(STAFF).status_code == 200, 30)
        assert line_from_the_stream(box), "open screens hear again what the worker publishes"


@contextlib.contextmanager
def away(box: Box) -> Iterator[None]:
    """As often as the supervisor starts it again, it is stopped again."""
    over = threading.Event()

    def stop_again() -> None:
        while not over.wait(0.1):
            stop_at_once(box)

    stopping = threading.Thread(target=stop_again)
    stopping.start()
    try:
        yield
    finally:
        over.set()
        stopping.join()


def stop_at_once(box: Box) -> None:
    """By its own process id, without waiting: `pg_ctl stop` waits for the next one to end too."""
    folder = box.data / "pg"
    with contextlib.suppress(OSError, IndexError, psutil.Error):
        process = psutil.Process(int((folder / "postmaster.pid").read_text().split()[0]))
        if process.cwd() == str(folder):
            process.send_signal(signal.SIGQUIT)


def line_from_the_stream(box: Box) -> bytes:
    """What an open page is told within half a minute, which at this speed is half an hour."""
    until = time.monotonic() + 30
    with socket.create_connection(("127.0.0.1", box.port), timeout=30) as reader:
        reader.sendall(b"GET /stream/event/bsp24 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        for line in reader.makefile("rb"):
            if line.startswith(b"data: "):
                return line
            assert time.monotonic() < until, "the stream is open, and says nothing"
    return b""

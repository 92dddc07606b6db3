"""PostgreSQL stops: the public notices nothing, staff are told, everything comes back by itself."""

import contextlib
import os
import subprocess
import threading
from collections.abc import Iterator

import pytest

from hue.config import database
from tests.box import Box, box

__all__ = ["box"]
SOAK = os.environ.get("HUE_SOAK") == "yes"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SOAK, reason="stops PostgreSQL again and again: run `make soak`"),
]
STAFF = "/sign-in/login/"
PUBLIC = (
    "/",
    "/feed.rss",
    "/events/bsp24/",
    "/events/bsp24/latest/",
    "/neighbourhoods/kings-heath/",
)


@contextlib.contextmanager
def away(box: Box) -> Iterator[None]:
    """As often as the supervisor starts it again, it is stopped again."""
    over = threading.Event()

    def stop_again() -> None:
        while not over.wait(1):
            with contextlib.suppress(subprocess.CalledProcessError, OSError):
                database.stop(box.data)

    stopping = threading.Thread(target=stop_again)
    stopping.start()
    try:
        yield
    finally:
        over.set()
        stopping.join()


def test_pages_answer_staff_are_told_and_all_comes_back(box: Box) -> None:
    box.until(lambda: all(box.get(path).status_code == 200 for path in PUBLIC), 60)
    with away(box):
        box.until(lambda: box.get(STAFF).status_code >= 500, 20)
        for path in PUBLIC * 3:
            assert box.get(path).status_code == 200, path
        told = box.get(STAFF)
        assert "999" in told.text, "what staff see says who to call and that it is known"
    box.until(lambda: box.get(STAFF).status_code == 200, 60)
    posts = box.rows("SELECT count(*) FROM publishing_post")
    box.until(lambda: box.rows("SELECT count(*) FROM publishing_post") != posts, 60)

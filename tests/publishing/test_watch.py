"""The watcher sees what a reader outside sees."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from hue.lib.fetch import FetchFailed, fetch
from hue.pages import queries
from hue.people import queries as people
from hue.publishing import actions, watch
from tests.cast import NOON, Cast
from tests.publishing.public import root, say, written

LATER = NOON + timedelta(minutes=10)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        if self.path == "/large":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"x" * 100_000)
        else:
            super().do_GET()


@pytest.fixture
def outside(settings: Any) -> Iterator[str]:
    """The public files through a web server that is not ours."""
    Path(settings.PUBLIC_ROOT).mkdir(parents=True, exist_ok=True)
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Quiet, directory=str(settings.PUBLIC_ROOT))
    )
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.HUE_SITE = f"http://127.0.0.1:{server.server_address[1]}"
    yield settings.HUE_SITE
    server.shutdown()
    thread.join()
    server.server_close()


def test_feeds_that_are_right_raise_no_alarm(cast: Cast, outside: str) -> None:
    say(cast)
    actions.withdraw(by=cast.sergeant, at=NOON, post=say(cast), reason="Wrong.")
    actions.hide(by=people.system(), at=NOON, post=say(cast), why="Its case has changed.")
    written()
    watch.look(at=LATER)
    assert queries.alarms() == []


def test_a_feed_that_lags_behind_the_database_raises_one_until_it_is_right(
    cast: Cast, outside: str
) -> None:
    post = say(cast)
    written()
    actions.withdraw(by=cast.sergeant, at=NOON, post=post, reason="Wrong.")
    watch.look(at=LATER)
    assert {alarm.slug for alarm in queries.alarms()} == {"watch force", "watch events/day24"}
    assert "withdrawn" in queries.alarms()[0].says
    from hue.pages.build import write_stale

    write_stale(at=LATER)
    watch.look(at=LATER)
    assert queries.alarms() == []


def test_a_missing_post_and_a_broken_feed_are_told_in_words(cast: Cast, outside: str) -> None:
    say(cast)
    written()
    say(cast, "Another.")
    with pytest.raises(watch.Wrong, match="RSS misses"):
        watch.check("force", at=LATER)
    (root() / "feed.rss").write_text("<rss><channel>")
    with pytest.raises(watch.Wrong, match="does not parse"):
        watch.check("force", at=LATER)
    (root() / "feed.rss").write_text("<!DOCTYPE x><rss/>")
    with pytest.raises(watch.Wrong, match="not ours"):
        watch.check("force", at=LATER)
    (root() / "feed.rss").unlink()
    with pytest.raises(watch.Wrong, match="answers 404"):
        watch.check("force", at=LATER)


def test_a_site_that_does_not_answer_is_an_alarm(cast: Cast, settings: Any) -> None:
    settings.HUE_SITE = "http://127.0.0.1:9"
    watch.look(at=LATER)
    assert "does not answer" in queries.alarms()[0].says


def test_nothing_is_fetched_from_inside_our_walls(outside: str, settings: Any) -> None:
    assert fetch(f"{outside}/large", largest=200_000).status == 200
    with pytest.raises(FetchFailed, match="larger"):
        fetch(f"{outside}/large", largest=1000)
    settings.HUE_SITE = "https://police.example"
    for inside in (outside, "http://[::1]/", "http://169.254.169.254/", "http://10.0.0.1/"):
        with pytest.raises(FetchFailed, match="private network"):
            fetch(inside, largest=1000)
    for odd in ("file:///etc/passwd", "gopher://x/", "http://"):
        with pytest.raises(FetchFailed, match="no address"):
            fetch(odd, largest=1000)


def test_a_drill_has_no_outside(cast: Cast, settings: Any) -> None:
    settings.HUE_DRILL = "august-2011:10"
    watch.look(at=NOON)
    assert queries.alarms() == []

"""An open public page: adds, corrects and withdraws lines; honest when contact is lost."""

import json
import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import LazySettings
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page, Route, expect

from hue.incidents.models import Incident
from hue.lib import clock
from hue.pages import shell
from hue.pages.build import write_stale
from hue.publishing import actions
from hue.publishing.actions.compose import Draft
from hue.publishing.models import Post
from hue.streams.models import Told
from tests.cast import Cast

pytestmark = pytest.mark.slow
SITE = "http://site.test"


@dataclass
class Site:
    """Serves the public files as a web server would; its stream can be broken."""

    root: Path
    streaming: bool = True
    reachable: bool = True
    told: list[str] = field(default_factory=list)  # messages that wait for the stream
    last: int = 0  # the number of the newest of them
    asked: list[str] = field(default_factory=list)  # If-None-Match, as it came

    def __call__(self, route: Route) -> None:
        path = route.request.url.removeprefix(SITE).partition("?")[0]
        if not self.reachable:
            route.abort("connectionfailed")
        elif path.startswith("/stream/"):
            self._stream(route)
        elif path.startswith("/assets/"):
            file = finders.find(path.removeprefix("/assets/"))
            self._file(route, Path(str(file)))
        else:
            name = "index.html" if path == "/" else path.strip("/")
            name = name if "." in name else f"{name}.html"
            self._file(route, self.root / name)

    def hear(self) -> None:
        """Take over what was told meanwhile; the answers below must not touch the database."""
        for row in Told.objects.filter(topic="event/day24", id__gt=self.last).order_by("id"):
            self.told.append(f"id: {row.pk}\nevent: {row.kind}\ndata: {json.dumps(row.data)}\n\n")
            self.last = row.pk

    def _stream(self, route: Route) -> None:
        if not self.streaming:
            route.fulfill(status=503)
            return
        body = "retry: 300\n\n" + "".join(self.told)
        self.told.clear()
        route.fulfill(status=200, content_type="text/event-stream", body=body)

    def _file(self, route: Route, file: Path) -> None:
        if not file.is_file():
            route.fulfill(status=404)
            return
        etag = f'"{file.stat().st_mtime_ns:x}"'
        if "latest" in file.name:
            self.asked.append(route.request.headers.get("if-none-match", ""))
        if route.request.headers.get("if-none-match") == etag:
            route.fulfill(status=304, headers={"ETag": etag})
            return
        kind = mimetypes.guess_type(file.name)[0] or "text/html"
        headers = {"ETag": etag, "Content-Type": f"{kind}; charset=utf-8"}
        route.fulfill(status=200, headers=headers, body=file.read_bytes())


@pytest.fixture
def site(page: Page, cast: Cast, settings: LazySettings) -> Iterator[Site]:
    say(cast, "The first line.")
    served = Site(Path(settings.PUBLIC_ROOT))
    served.hear()
    served.told.clear()
    page.route("**/*", served)
    yield served
    page.unroute_all(behavior="ignoreErrors")


def say(cast: Cast, text: str, **also: Any) -> Post:
    draft = Draft(text, event=cast.event, neighbourhood=cast.kings_heath, **also)
    post = actions.compose(by=cast.officer, at=clock.now(), draft=draft)
    write_stale(at=clock.now())
    return post


def test_new_lines_wait_behind_a_bar_and_corrections_happen_in_place(
    cast: Cast, site: Site, page: Page
) -> None:
    page.goto(f"{SITE}/events/day24/")
    second = say(cast, "The second line.")
    site.hear()
    bar = page.get_by_role("button", name="Show 1 newer")
    expect(bar).to_be_visible()
    expect(page.locator(".line")).to_have_count(1)
    bar.click()
    expect(page.locator(".line").first).to_contain_text("The second line.")
    later = clock.now() + timedelta(minutes=1)
    correction = {"text": "The better line.", "reason": "One word was wrong."}
    actions.correct(by=cast.sergeant, at=later, post=second, seen=1, **correction)
    site.hear()
    expect(page.locator(".line").first).to_contain_text("The better line.")
    expect(page.locator(".line").first).to_contain_text("corrected")
    actions.withdraw(by=cast.sergeant, at=later, post=second, reason="It named a street.")
    write_stale(at=later)
    site.hear()
    expect(page.locator(".line-withdrawn")).to_contain_text("It named a street.")
    expect(page.locator("body")).not_to_contain_text("The better line.")


def test_totals_and_charts_follow_a_line_without_a_reload(
    cast: Cast, site: Site, page: Page
) -> None:
    page.clock.install()
    page.goto(f"{SITE}/events/day24/")
    expect(page.locator("#by-kind")).to_be_hidden()
    happened = Incident.objects.create(
        kind="theft", neighbourhood=cast.kings_heath, happened_at=clock.now(), by=cast.officer
    )
    say(cast, "A bicycle is gone.", incident=happened)
    site.hear()
    page.get_by_role("button", name="Show 1 newer").wait_for()
    page.clock.run_for(15_000)
    expect(page.locator("#by-kind li")).to_contain_text("Theft")
    expect(page.locator("#totals div").first).to_contain_text("1")


def test_times_are_the_forces_wherever_the_reader_is(
    cast: Cast, site: Site, browser: Browser, settings: LazySettings
) -> None:
    settings.TIME_ZONE = "Asia/Kathmandu"
    shell.forget()
    say(cast, "The second line.")
    abroad = browser.new_context(timezone_id="America/New_York")
    page = abroad.new_page()
    page.route("**/*", site)
    page.goto(f"{SITE}/events/day24/")
    later = (clock.now() + timedelta(hours=2)).replace(second=5)
    clock.run_at(1, shown=later)
    try:
        say(cast, "The third line.")
    finally:
        clock.reset()
    site.hear()
    there = later.astimezone(ZoneInfo("Asia/Kathmandu"))
    expect(page.locator("#page-updated")).to_have_text(f"{there:%H:%M}")
    page.unroute_all(behavior="ignoreErrors")
    abroad.close()
    shell.forget()


def test_without_a_stream_the_page_asks_again_by_its_etag(
    cast: Cast, site: Site, page: Page
) -> None:
    site.streaming = False
    page.clock.install()
    page.goto(f"{SITE}/events/day24/")
    page.wait_for_timeout(300)
    page.clock.run_for(21_000)
    page.wait_for_timeout(300)
    assert any(site.asked)
    say(cast, "Found by asking.")
    page.clock.run_for(21_000)
    page.get_by_role("button", name="Show 1 newer").click()
    expect(page.locator(".line").first).to_contain_text("Found by asking.")


def test_a_page_that_lost_contact_says_since_when(cast: Cast, site: Site, page: Page) -> None:
    page.clock.install()
    page.goto(f"{SITE}/events/day24/")
    page.wait_for_timeout(300)
    site.reachable = False
    for _ in range(5):
        page.clock.run_for(21_000)
        page.wait_for_timeout(200)
    expect(page.locator(".stale")).to_contain_text("No contact. This page shows what we knew at")


def test_a_filter_is_a_link(cast: Cast, site: Site, page: Page) -> None:
    page.goto(f"{SITE}/events/day24/#in=elsewhere")
    expect(page.locator(".line:visible")).to_have_count(0)
    expect(page.locator("#filtered")).to_contain_text("Nothing on this page from there")
    page.get_by_role("link", name="Kings Heath").first.click()
    expect(page.locator(".line:visible")).to_have_count(1)
    assert page.url.endswith("#in=kings-heath")


def test_a_screen_reader_hears_a_summary(cast: Cast, site: Site, page: Page) -> None:
    page.goto(f"{SITE}/events/day24/")
    say(cast, "One more.")
    site.hear()
    expect(page.locator("#told")).to_contain_text("1 newer line. The latest:")

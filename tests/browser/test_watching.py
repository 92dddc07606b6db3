"""The event page while officers work, before the real server: it stays true by itself."""

import os
import signal
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.box import Box
from tests.browser.officers import EVENT, Officers

pytestmark = pytest.mark.slow
POLLS = 21_000  # ms; the page asks every twenty seconds when it has no stream


@pytest.fixture
def officers(box: Box) -> Officers:
    return Officers(box)


def follow(page: Page) -> None:
    """The event page, listening."""
    with page.expect_response(lambda answer: "/stream/" in answer.url):
        page.goto(EVENT)


def top(line: Locator) -> float:
    box = line.bounding_box()
    assert box is not None
    return box["y"]


def show_newer(page: Page) -> None:
    page.get_by_role("button", name="newer").click()


def test_a_new_line_waits_behind_a_bar_and_moves_nothing(reader: Page, officers: Officers) -> None:
    reader.emulate_media(reduced_motion="reduce")  # else it is still scrolling when measured
    follow(reader)
    line = reader.locator(".line").nth(3)
    line.scroll_into_view_if_needed()
    before = top(line)
    officers.publish("Two lost keys handed in.")
    expect(reader.get_by_role("button", name="Show 1 newer")).to_be_attached()
    assert abs(top(line) - before) < 1  # scrolling is in whole pixels, the bar is not
    assert not reader.get_by_text("Two lost keys").count()
    show_newer(reader)
    expect(reader.locator(".line").first).to_contain_text("Two lost keys handed in.")


def test_the_bar_counts_and_a_screen_reader_is_told_politely(
    reader: Page, officers: Officers
) -> None:
    follow(reader)
    officers.publish("First of two.", "Second of two.")
    expect(reader.get_by_role("button", name="Show 2 newer")).to_be_visible()
    told = reader.locator("#told")
    expect(told).to_have_role("status")
    # One that came first may have been told already: the next summary comes after twenty seconds.
    expect(told).to_contain_text("2 newer lines", timeout=30_000)
    show_newer(reader)
    expect(told).to_have_text("2 shown")
    expect(reader.locator(".line").first.locator("a").first).to_be_focused()


def test_a_correction_and_a_withdrawal_change_the_line_where_it_stands(
    reader: Page, officers: Officers
) -> None:
    corrected, withdrawn = officers.publish("The road is closed.", "Number 7 was visited.")
    reader.emulate_media(reduced_motion="reduce")  # else it is still scrolling when measured
    follow(reader)
    line = reader.locator(f"#p-{corrected}")
    expect(line).to_contain_text("The road is closed.")
    officers.correct(corrected, "One lane is open again.", "It was opened sooner.")
    expect(line.locator("> .line-text")).to_have_text("One lane is open again.")
    expect(line.locator("summary")).to_contain_text("corrected")
    officers.withdraw(withdrawn, "It named a house.")
    expect(reader.locator(f"#p-{withdrawn}")).to_contain_text("It named a house.")
    expect(reader.get_by_text("Number 7 was visited.")).to_have_count(0)


def test_without_a_stream_the_page_asks_now_and_then(reader: Page, officers: Officers) -> None:
    reader.clock.install()
    reader.route("**/stream/**", lambda route: route.fulfill(status=503))
    with reader.expect_response("**/latest/"):
        reader.goto(EVENT)
    officers.publish("Seen without a stream.")
    reader.clock.fast_forward(POLLS)
    show_newer(reader)
    expect(reader.locator(".line").first).to_contain_text("Seen without a stream.")


def test_what_happened_while_the_server_was_dead_comes_after_it_lives(
    reader: Page, box: Box, officers: Officers
) -> None:
    follow(reader)
    for pid in box.children("granian"):
        os.kill(pid, signal.SIGKILL)
    officers.publish("Written while nobody answered.")
    expect(reader.get_by_role("button", name="newer")).to_be_visible(timeout=20_000)


def test_without_javascript_a_link_shows_newer_posts(
    plain_reader: Page, officers: Officers
) -> None:
    plain_reader.goto(EVENT)
    officers.publish("Seen without JavaScript.")
    plain_reader.get_by_role("link", name="newer").first.click()
    expect(plain_reader.locator(".line").first).to_contain_text("Seen without JavaScript.")


def test_nothing_moves_for_who_asked_for_less_motion(
    open_window: Callable[..., Page], officers: Officers
) -> None:
    page = open_window(reduced_motion="reduce")
    follow(page)
    officers.publish("Shown without motion.")
    show_newer(page)
    line = page.locator(".line").first
    expect(line).to_contain_text("Shown without motion.")
    assert line.evaluate(MOVES) == []


MOVES = """(line) => line.getAnimations({subtree: true})
  .filter((a) => Number(a.effect.getComputedTiming().duration) > 1).map((a) => a.animationName)"""

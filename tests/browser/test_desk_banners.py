"""What only the browser at hand can know: no way to the server, a clock that is wrong."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from hue.demo.signins import PASSWORD
from hue.lib import clock

pytestmark = pytest.mark.slow


@pytest.fixture
def desk(open_window: Callable[..., Page]) -> Page:
    page = open_window()
    page.goto("/sign-in/login/")
    page.get_by_label("Sign-in name").fill("sgt-gurpreet-bhogal")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/queues/**")
    return page


def test_a_lost_connection_is_said_and_unsaid(desk: Page) -> None:
    expect(desk.locator("#here .banner")).to_have_count(0)
    desk.context.set_offline(True)
    expect(desk.locator("#here")).to_contain_text("No connection since")
    desk.context.set_offline(False)
    expect(desk.locator("#here .banner")).to_have_count(0)


def test_a_clock_that_is_minutes_wrong_is_said(desk: Page) -> None:
    expect(desk.locator("#here .banner")).to_have_count(0)
    desk.clock.set_fixed_time(clock.real_now() + timedelta(minutes=10))
    desk.reload()
    expect(desk.locator("#here")).to_contain_text("clock is 10 minutes fast")
    desk.clock.set_fixed_time(clock.real_now() - timedelta(minutes=3))
    desk.reload()
    expect(desk.locator("#here")).to_contain_text("clock is 3 minutes slow")

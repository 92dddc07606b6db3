"""Accounts elsewhere on the desk, by day on a phone and by night at the desk; and what a post would
look like there, while it is written."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from hue.channels.models import Account, Day
from hue.lib import clock
from hue.people.models import Officer
from tests.browser import axe
from tests.browser.conftest import session_of
from tests.browser.staff import LIGHTS, SQUEEZED
from tests.browser.visit import Visit
from tests.cast import Cast
from tests.channels.meta import TOKEN
from tests.channels.opened import opened
from tests.channels.x import KEYS

pytestmark = pytest.mark.slow
UNFOLD = "document.querySelectorAll('main details').forEach((one) => { one.open = true; })"
PAGES = (
    "",
    "connect/mastodon/",
    "connect/mastodon/sign-in/",
    "connect/x/sign-in/",
    "{account}/",
    "{account}/dry/?text=Puppy+found.",
)


@pytest.fixture
def account(cast: Cast, owner: Officer) -> Account:
    """One that has followers and has been silent since July, beside one that costs."""
    opened(cast, owner, "x", "https://x.example", KEYS)
    found = opened(cast, owner, "mastodon", "https://mastodon.example", {"token": TOKEN})
    today = clock.now().date()
    for number in range(30):
        day = today - timedelta(days=29 - number)
        Day.objects.create(account=found, day=day, followers=900 + number * number, likes=number)
    return found


@pytest.fixture
def desk(browser: Browser, live_server: Any, cast: Cast) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, locale="en-GB")
    context.set_default_timeout(15_000)
    context.add_cookies([session_of(cast.comms, live_server.url)])  # type: ignore[list-item]
    yield context.new_page()
    context.close()


def test_everybody_can_work_with_the_accounts(desk: Page, account: Account) -> None:
    visit, troubles = Visit(desk), []
    for path in PAGES:
        for scheme, width in LIGHTS:
            visit.wide(width)
            desk.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            visit.open(f"/desk/channels/{path.format(account=account.pk)}")
            desk.evaluate(UNFOLD)
            found = [str(barrier) for barrier in axe.barriers(desk)]
            if desk.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                found.append("It scrolls sideways.")
            found += [f"Squeezed: {words}" for words in desk.evaluate(SQUEEZED)]
            # Django's own server has no stream.
            found += [one for one in visit.complaints if "status of 404" not in one]
            troubles += [f"{path} ({scheme}, {width}): {one}" for one in found]
    assert not troubles, "\n".join(troubles)


def test_a_post_is_shown_as_each_account_will_show_it_while_it_is_written(
    desk: Page, account: Account
) -> None:
    desk.goto("/desk/posts/new/")
    expect(desk.get_by_role("button", name="Preview elsewhere")).to_be_hidden()
    desk.get_by_text("Preview elsewhere").last.click()
    shown = desk.get_by_role("region", name="As our accounts elsewhere will show it")
    desk.get_by_label("What happened?").fill("Puppy found.")
    expect(shown.get_by_role("heading", name="Mastodon @testpolice")).to_be_visible()
    expect(shown).to_contain_text("Puppy found.")
    expect(shown).to_contain_text("Costs $0.01")
    desk.get_by_label("What happened?").fill("word " * 100)
    expect(shown).to_contain_text("Shortened: the link leads to the rest.")


def test_without_a_signal_the_preview_says_so(desk: Page, account: Account) -> None:
    desk.goto("/desk/posts/new/")
    desk.get_by_text("Preview elsewhere").last.click()
    shown = desk.get_by_role("region", name="As our accounts elsewhere will show it")
    desk.route("**/elsewhere/", lambda route: route.abort())
    desk.get_by_label("What happened?").fill("Puppy found.")
    expect(shown).to_have_text("No signal: shown once there is one.")

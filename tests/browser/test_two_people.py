"""Two people with one post on their screens."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from hue.lib import clock
from hue.people.models import Officer
from hue.publishing import actions
from hue.publishing.actions.compose import Draft
from hue.publishing.models import Post
from tests.browser.conftest import session_of
from tests.cast import Cast

pytestmark = pytest.mark.slow
Desk = Callable[[Officer], Page]


@pytest.fixture
def desk(browser: Browser, live_server: object) -> Iterator[Desk]:
    """The window of somebody who is signed in, each in a browser of their own."""
    opened: list[BrowserContext] = []

    def of(officer: Officer) -> Page:
        context = browser.new_context(base_url=str(live_server))
        context.set_default_timeout(15_000)
        context.add_cookies([session_of(officer, str(live_server))])  # type: ignore[list-item]
        opened.append(context)
        return context.new_page()

    yield of
    for context in opened:
        context.close()


def test_the_second_who_saves_is_told_and_nothing_is_overwritten(cast: Cast, desk: Desk) -> None:
    post = actions.compose(
        by=cast.officer, at=clock.now(), draft=Draft("Puppy found."), send="review"
    )
    first, second = desk(cast.officer), desk(cast.sergeant)
    for page in (first, second):
        page.goto(f"/desk/posts/{post.pk}/")
    first.get_by_text("Change the words", exact=True).click()
    first.get_by_label("Words").fill("Puppy found, brown.")
    second.get_by_text("Change the words and approve").click()
    second.get_by_label("Words").fill("Puppy found, black.")
    first.get_by_role("button", name="Save").click()
    expect(first.locator("#toasts")).to_contain_text("Saved as a new version.")
    second.get_by_role("button", name="Approve with these words").click()
    told = second.get_by_role("alert")
    expect(told).to_contain_text("Nothing was changed")
    expect(told).to_contain_text("Somebody changed this post while you had it open.")
    expect(second.get_by_label("Words")).to_have_value("Puppy found, black.")
    expect(second.locator("blockquote")).to_contain_text("Puppy found, brown.")
    post = Post.objects.get()
    assert (post.state, post.text, post.version) == ("in_review", "Puppy found, brown.", 2)
    # Having seen both, she decides: hers goes out, and his is kept.
    second.get_by_role("button", name="Approve with these words").click()
    expect(second.locator("#toasts")).to_contain_text("Changed and approved.")
    post = Post.objects.get()
    assert (post.state, post.text) == ("published", "Puppy found, black.")
    assert [version.text for version in post.versions.all()] == [
        "Puppy found.",
        "Puppy found, brown.",
    ]

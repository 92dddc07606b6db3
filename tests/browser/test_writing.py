"""What a form is about, what is kept of it, and where the officer is told."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from hue.governance import actions as governance
from hue.incidents import actions as incidents
from hue.incidents.models import Incident
from hue.lib import clock
from hue.publishing import actions
from hue.publishing.actions.compose import Draft
from hue.publishing.models import Post
from tests.browser.conftest import Signal
from tests.browser.phone import Phone, a_photo, open_phone, wait_until
from tests.cast import Cast

pytestmark = pytest.mark.slow
SEEN = """(e) => { const r = e.getBoundingClientRect();
  const top = document.elementFromPoint(r.left + 9, r.top + 9); return e.contains(top); }"""


@pytest.fixture
def case(cast: Cast) -> Incident:
    return incidents.report(
        by=cast.officer,
        at=clock.now(),
        kind="theft",
        happened_at=clock.now(),
        neighbourhood=cast.kings_heath,
    )


def words(page: Page) -> str:
    return page.locator("#text").input_value()


def kept(page: Page, text: str) -> bool:
    """As a draft, a moment after the last key."""
    ask = "(text) => hueQueue.mine().then((all) => all.some((e) => e.text === text))"
    return wait_until(lambda: bool(page.evaluate(ask, text)), page)


@pytest.mark.parametrize("signal_there", [True, False])
def test_a_post_about_an_incident_is_linked_to_it_with_or_without_a_signal(
    signal_there: bool, cast: Cast, case: Incident, phone: Phone, signal: Signal
) -> None:
    page = open_phone(phone(cast.officer))
    if not signal_there:
        signal.lose()
    page.goto(f"/desk/phone/?incident={case.pk}")
    expect(page.get_by_label("About", exact=True)).to_have_value(str(case.pk))
    with page.expect_request("**/desk/posts/check/") as asked:
        page.get_by_label("What happened?").fill("A bike was taken.")
    assert f"incident={case.pk}&" in (asked.value.post_data or "")
    signal.find()
    page.get_by_role("button", name="Publish").click()
    assert wait_until(Post.objects.exists, page)
    assert Post.objects.get().incident == case
    expect(page.get_by_label("About", exact=True)).to_have_value("")
    page.goto("/desk/phone/")
    expect(page.get_by_label("About", exact=True)).to_have_value("")


def test_a_draft_returns_to_its_own_form_and_waits_beside_every_other(
    cast: Cast, phone: Phone, signal: Signal
) -> None:
    first = actions.compose(by=cast.officer, at=clock.now(), draft=Draft("Puppy found."))
    page = open_phone(phone(cast.officer))
    page.get_by_label("What happened?").fill("Another thing.")
    assert kept(page, "Another thing.")
    page.goto(f"/desk/posts/new/?parent={first.pk}&kind=outcome")
    expect(page.locator("#follows")).to_contain_text("Puppy found.")
    expect(page.locator("#waiting .is-draft")).to_contain_text("Another thing.")
    assert words(page) == ""
    page.get_by_label("What came of it?").fill("Back home.")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("#said")).to_contain_text("Published.")
    expect(page.locator("#follows")).to_be_hidden()
    page.get_by_role("button", name="Go on with it").click()
    expect(page.get_by_label("What happened?")).to_have_value("Another thing.")
    page.get_by_role("button", name="Publish").click()
    assert wait_until(lambda: Post.objects.count() == 3, page)
    outcome, other = Post.objects.exclude(pk=first.pk).order_by("received_at")
    assert (outcome.thread, outcome.kind) == (first, "outcome")
    assert (other.thread, other.kind) == (None, "update")
    expect(page.locator("#waiting li")).to_have_count(0)


def test_what_is_emptied_is_no_draft_and_what_was_planned_does_not_stay(
    cast: Cast, phone: Phone, signal: Signal
) -> None:
    page = open_phone(phone(cast.officer))
    page.get_by_label("What happened?").fill("Never mind.")
    assert kept(page, "Never mind.")
    page.get_by_label("What happened?").fill("")
    assert wait_until(lambda: page.evaluate("hueQueue.mine()") == [], page)
    page.get_by_text("It announces something").click()
    page.get_by_label("From").fill("2031-07-09T13:00")
    page.get_by_label("Until").fill("2031-07-09T15:30")
    page.get_by_label("What happened?").fill("The High Street closes.")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("#said")).to_contain_text("Published.")
    assert page.locator("#holds_until").input_value() == ""


def test_words_that_follow_something_can_stand_alone(
    cast: Cast, phone: Phone, signal: Signal
) -> None:
    first = actions.compose(by=cast.officer, at=clock.now(), draft=Draft("Puppy found."))
    page = open_phone(phone(cast.officer))
    page.goto(f"/desk/phone/?parent={first.pk}&kind=outcome")
    page.get_by_label("What came of it?").fill("The road is open.")
    page.get_by_role("link", name="no longer").click()
    expect(page.get_by_label("What happened?")).to_have_value("The road is open.")
    expect(page.locator("#follows")).to_be_hidden()
    page.get_by_role("button", name="Publish").click()
    assert wait_until(lambda: Post.objects.count() == 2, page)
    assert Post.objects.exclude(pk=first.pk).get().thread is None


def test_a_refusal_stands_where_the_eye_is_and_nothing_else_is_promised(
    cast: Cast, phone: Phone, signal: Signal
) -> None:
    page = open_phone(phone(cast.officer))
    page.set_viewport_size({"width": 390, "height": 800})
    expect(page.get_by_text("It goes out at once.")).to_be_visible()
    governance.stop_all(by=cast.sergeant, at=clock.now(), reason="A false report.")
    page.get_by_label("What happened?").fill("Everything is calm.")
    page.get_by_role("button", name="Publish").click()
    said = page.get_by_role("alert").filter(has_text="A post was not taken")
    expect(said).to_contain_text("A false report.")
    assert said.evaluate(SEEN)
    expect(page.locator("#refused .is-refused")).to_be_in_viewport()
    page.reload()
    expect(page.get_by_text("What you publish is not taken")).to_be_visible()
    expect(page.get_by_text("It goes out at once.")).to_be_hidden()


def test_without_a_signal_the_page_does_not_say_that_it_goes_out(
    cast: Cast, phone: Phone, signal: Signal
) -> None:
    context = phone(cast.officer)
    page = open_phone(context)
    context.set_offline(True)
    expect(page.get_by_text("it is kept on this phone and sent when there is one")).to_be_visible()
    expect(page.get_by_text("It goes out at once.")).to_be_hidden()


def test_what_is_asked_for_is_unsaid_once_it_is_there(
    cast: Cast, phone: Phone, signal: Signal, tmp_path: Path
) -> None:
    page = open_phone(phone(cast.officer))
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("#said")).to_have_text("Say what happened first.")
    page.get_by_label("What happened?").press_sequentially("A")
    expect(page.locator("#said")).to_be_empty()
    fake = tmp_path / "list.jpg"
    fake.write_bytes(b"MZ no picture")
    page.locator("#id_pictures").set_input_files([fake, a_photo(tmp_path)])
    expect(page.locator("#said")).to_contain_text("list.jpg: not a picture")
    expect(page.locator("#pictures li")).to_have_count(1)

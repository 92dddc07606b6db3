"""A practice case on the phone: kept through an interruption, marked, passed by the keyboard."""

import pytest
from playwright.sync_api import expect

from hue.training.models import Answer
from tests.browser.phone import Phone
from tests.cast import Cast

pytestmark = pytest.mark.slow
CASE = "/desk/training/cases/found-dog/"


def test_an_interrupted_answer_is_kept_and_then_marked(cast: Cast, phone: Phone) -> None:
    context = phone(cast.officer)
    page = context.new_page()
    page.goto(CASE)
    page.get_by_label("What do you post?").fill("Found outside 14 Pershore Road.")
    context.set_offline(True)
    page.get_by_role("button", name="Mark it").click()
    expect(page.locator("#said")).to_contain_text("No signal. Your words are kept")
    assert not Answer.objects.exists()

    context = phone(None)  # the phone was switched off
    page = context.new_page()
    page.goto(CASE)
    expect(page.get_by_label("What do you post?")).to_have_value("Found outside 14 Pershore Road.")
    page.get_by_role("button", name="Mark it").click()
    expect(page.locator("mark.mark-stop")).to_have_text("14 Pershore Road")
    words = page.get_by_label("Try again")
    expect(words).to_have_value("Found outside 14 Pershore Road.")
    words.fill("Found by the library: a spaniel. Yours? Call 101.")
    words.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Passed.", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Next: Arrested last night")).to_be_visible()
    assert list(Answer.objects.values_list("passed", flat=True)) == [False, True]

"""What the guard says while somebody types, with a signal and without."""

import pytest
from playwright.sync_api import Page, expect

from hue.guard.rule import Rule, examples
from hue.guard.rules.personal_data import bank_card, email, ni_number, phone, postcode, vehicle
from tests.box import Box
from tests.browser.staff import sign_in

pytestmark = pytest.mark.slow
PHONE = "Ring Dan on 07700 900123, he found the dog."
RULES = [one.RULE for one in (phone, email, postcode, vehicle, ni_number, bank_card)]
FOUND = "([texts, rule]) => texts.map((t) => huePersonal.find(t).some((f) => f.rule === rule))"


@pytest.fixture
def page(reader: Page) -> Page:
    sign_in(reader, "pcso-amina-yusuf")
    reader.goto("/desk/phone/")
    return reader


def test_what_is_found_is_underlined_and_mended_by_one_tap(page: Page, box: Box) -> None:
    words = page.get_by_label("What happened?")
    words.fill("Found: a puppy at 14 Oakfield Road. The MOP is with her.")
    expect(page.locator("#marks .mark-stop")).to_have_text("14 Oakfield Road")
    expect(page.locator("#marks .mark-advice")).to_have_text("MOP")
    page.get_by_role("button", name="Publish").click()
    expect(words).to_have_value("Found: a puppy at 14 Oakfield Road. The MOP is with her.")
    page.get_by_role("button", name="Write “Oakfield Road” instead").click()
    page.get_by_role("button", name="Write “member of the public” instead").click()
    expect(page.locator("#findings li")).to_have_count(0)
    page.get_by_role("button", name="Publish").click()
    said = "Found: a puppy at Oakfield Road. The member of the public is with her."
    row = f"SELECT state FROM publishing_post WHERE text = '{said}'"
    box.until(lambda: box.rows(row) == [("published",)])


def test_without_a_signal_personal_data_is_found_by_the_phone(page: Page) -> None:
    page.route("**/desk/posts/check/", lambda route: route.abort())
    page.get_by_label("What happened?").fill("\U0001f436 " + PHONE)
    expect(page.locator("#marks .mark-stop")).to_have_text("07700 900123")
    expect(page.locator("#findings")).to_contain_text("somebody's telephone number")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_phone_finds_the_plain_forms_and_troubles_nobody_else(page: Page, rule: Rule) -> None:
    """Forms in disguise and whatever needs more than the words are left to the server."""
    caught = [one.text for one in examples(rule.caught) if not one.context and one.text.isascii()]
    clean = [one.text for one in examples(rule.let_through) if not one.context]
    found = page.evaluate(FOUND, [caught, rule.id])
    assert sum(found) >= 0.25 * len(caught), [
        t for t, f in zip(caught, found, strict=True) if not f
    ]
    troubled = page.evaluate(FOUND, [clean, rule.id])
    assert not [t for t, f in zip(clean, troubled, strict=True) if f]

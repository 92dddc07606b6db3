"""The pane of a post, after a press in it."""

import pytest
from playwright.sync_api import Page, expect

from tests.box import Box
from tests.browser.staff import sign_in
from tests.browser.visit import Visit

pytestmark = pytest.mark.slow


def test_a_box_that_was_made_larger_breaks_no_policy_when_the_form_is_sent(
    box: Box, reader: Page
) -> None:
    visit = Visit(reader)
    sign_in(reader, "sgt-gurpreet-bhogal")
    [(pk,)] = box.rows(
        "SELECT id FROM publishing_post WHERE state = 'published' AND holds_until IS NULL"
        " AND NOT practice ORDER BY published_at LIMIT 1"
    )
    visit.open(f"/desk/posts/{pk}/")
    reader.get_by_text("Correct it in public").click()
    form = reader.locator("form[action$='/correct/']")
    form.locator("textarea").evaluate("(box) => { box.style.height = '9rem'; }")
    form.get_by_label("Why: the public reads this").fill(" ")
    form.get_by_role("button", name="Correct").click()
    expect(reader.locator("#item [role=alert]")).to_contain_text("Say why it is corrected")
    assert not [told for told in visit.complaints if "422" not in told]

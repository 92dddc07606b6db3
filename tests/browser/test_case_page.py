"""The people and the orders of a case, on a phone and at the desk, by day and by night."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.box import Box
from tests.browser import axe
from tests.browser.staff import LIGHTS, SQUEEZED, sign_in
from tests.browser.visit import Visit

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("log", ["137", "390"])
def test_a_case_with_people_in_it_can_be_worked_on(
    log: str, box: Box, open_window: Callable[..., Page]
) -> None:
    """With every form open."""
    visit = Visit(open_window(reduced_motion="reduce"))
    sign_in(visit.page, "di-yasmin-farouk")
    [(pk,)] = box.rows(f"SELECT id FROM incidents_incident WHERE log_reference = '{log}'")
    for scheme, width in LIGHTS:
        visit.wide(width)
        visit.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        visit.open(f"/desk/incidents/{pk}/")
        visit.page.evaluate("document.querySelectorAll('details').forEach((d) => d.open = true)")
        assert not axe.barriers(visit.page)
        assert not visit.page.evaluate(SQUEEZED)
        assert visit.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert not visit.complaints


def test_what_a_picture_shows_can_be_said_everywhere(
    box: Box, open_window: Callable[..., Page]
) -> None:
    visit = Visit(open_window(reduced_motion="reduce"))
    sign_in(visit.page, "di-yasmin-farouk")
    [(pk,)] = box.rows("SELECT picture_id FROM publishing_postpicture ORDER BY id LIMIT 1")
    for scheme, width in LIGHTS:
        visit.wide(width)
        visit.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        visit.open(f"/desk/media/{pk}/facts/")
        assert not axe.barriers(visit.page)
        assert visit.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert not visit.complaints


def test_somebody_is_noted_by_touch(box: Box, reader: Page) -> None:
    sign_in(reader, "dc-simon-trewin")
    [(pk,)] = box.rows("SELECT id FROM incidents_incident WHERE log_reference = '142'")
    reader.goto(f"/desk/incidents/{pk}/")
    reader.get_by_text("Note somebody").click()
    form = reader.locator("form[action$='/people/']")
    form.get_by_label("What they are in the case").select_option("witness")
    form.get_by_label("Name (optional)").fill("Ines Calloway")
    form.get_by_role("button", name="Note them").click()
    expect(reader.get_by_role("heading", name="Ines Calloway witness (person 3)")).to_be_visible()

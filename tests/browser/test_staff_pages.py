"""Every page of the desk, for one person of each role, by day and by night."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from hue.demo.signins import PASSWORD
from hue.pages import accessibility
from tests.box import Box
from tests.browser import axe
from tests.browser.staff import DOOR, LIGHTS, ROLE_NAMES, SQUEEZED, Place, Staff, sign_in
from tests.browser.visit import Visit

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def staff(box: Box) -> Staff:
    return Staff(box)


def test_no_link_on_the_desk_leads_to_a_refusal_or_nowhere(staff: Staff) -> None:
    assert sum(map(len, staff.places.values())) > 10
    assert not staff.broken, json.dumps(staff.broken, indent=1)


@pytest.mark.parametrize("role", ROLE_NAMES)
def test_everybody_can_work_here(role: str, staff: Staff, open_window: Callable[..., Page]) -> None:
    """axe finds nothing, nothing scrolls sideways, the console is silent."""
    visit = Visit(open_window(reduced_motion="reduce"))
    sign_in(visit.page, staff.people[role])
    home = [Place("/desk/", "/desk/")]
    troubles = [
        f"{place.path} ({scheme}, {width}): {trouble}"
        for place in staff.places[role] or home
        for scheme, width in LIGHTS
        for trouble in _troubles(visit, place, scheme, width)
    ]
    assert not troubles, "\n".join(troubles)


def _troubles(visit: Visit, place: Place, scheme: str, width: int) -> list[str]:
    visit.wide(width)
    visit.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    visit.open(place.path)
    known = accessibility.results().faults_of(place.pattern)
    found = [str(b) for b in axe.barriers(visit.page) if b.rule not in known]
    if visit.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append("It scrolls sideways.")
    found += [f"Squeezed to a word a line: {words}" for words in visit.page.evaluate(SQUEEZED)]
    return found + visit.complaints


def test_signing_in_writing_and_publishing_by_the_keyboard_alone(reader: Page, box: Box) -> None:
    reader.goto(DOOR)
    reader.get_by_label("Sign-in name").focus()
    reader.keyboard.type("pcso-amina-yusuf")
    reader.keyboard.press("Tab")
    reader.keyboard.type(PASSWORD)
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/desk/**")
    reader.goto("/desk/posts/new/")
    _tab_to(reader, "textarea")
    reader.keyboard.type("Written without a mouse.")
    _tab_to(reader, "button", ("Publish", "Send for approval"))
    reader.keyboard.press("Enter")
    row = "SELECT state FROM publishing_post WHERE text = 'Written without a mouse.'"
    box.until(lambda: box.rows(row) == [("published",)])
    expect(reader.locator("body")).not_to_contain_text("Something went wrong")


def _tab_to(page: Page, selector: str, says: tuple[str, ...] = ("",)) -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(HAS_FOCUS, [selector, list(says)]):
            return
    raise AssertionError(f"Tab never comes to {selector} {says}.")


HAS_FOCUS = """([selector, says]) => { const e = document.activeElement;
  return e.matches(selector) && says.some((words) => e.textContent.includes(words)); }"""

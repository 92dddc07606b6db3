"""The keyboard alone is enough: everything is reached, seen and used."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.kinds import BY_NAME, Walk
from tests.browser.officers import EVENT

pytestmark = pytest.mark.slow
PAGES = ("home", "event", "post-corrected", "neighbourhood", "search", "sign-in")
# All that a keyboard should reach, and is on the screen.
WANTED = """() => [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
  .filter((e) => !e.disabled && e.checkVisibility({visibilityProperty: true})
    && e.tabIndex >= 0 && !(e.type === "radio" && !e.checked))
  .map((e, i) => { e.dataset.wanted = i; return e.outerHTML.slice(0, 120); })"""
FOCUSED = """() => { const e = document.activeElement, s = getComputedStyle(e);
  const r = e.getBoundingClientRect();
  return { wanted: e.dataset.wanted ?? null, html: e.outerHTML.slice(0, 120),
    ring: (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== "none",
    seen: r.bottom > 0 && r.top < innerHeight && r.width > 1 }; }"""


def tab_through(page: Page) -> tuple[list[str], list[str]]:
    """What was never reached, and what does not show that it has the focus."""
    wanted = dict(enumerate(page.evaluate(WANTED)))
    unseen = []
    for _ in range(len(wanted) + 5):
        page.keyboard.press("Tab")
        now = page.evaluate(FOCUSED)
        if now["wanted"] is None or not wanted:
            continue
        wanted.pop(int(now["wanted"]), None)
        if not (now["ring"] and now["seen"]):
            unseen.append(now["html"])
    return list(wanted.values()), unseen


@pytest.mark.parametrize("name", PAGES)
def test_everything_is_reached_and_shows_that_it_has_the_focus(
    name: str, walked: Walk, reader: Page
) -> None:
    path = walked.example(BY_NAME[name])
    assert path
    reader.emulate_media(reduced_motion="reduce")  # what is still scrolling is not seen yet
    reader.goto(path)
    missed, unseen = tab_through(reader)
    assert not missed
    assert not unseen


def test_the_first_key_offers_to_skip_to_the_main_part(reader: Page) -> None:
    reader.goto(EVENT)
    reader.keyboard.press("Tab")
    skip = reader.get_by_role("link", name="Skip to the main part")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    reader.keyboard.press("Enter")
    expect(reader.locator("main")).to_be_focused()


def test_a_neighbourhood_is_chosen_by_the_keyboard(reader: Page) -> None:
    reader.goto(EVENT)
    link = reader.get_by_role("navigation", name="By neighbourhood").get_by_role(
        "link", name="Kings Heath"
    )
    link.focus()
    reader.keyboard.press("Enter")
    expect(link).to_have_attribute("aria-current", "true")
    for line in reader.locator(".line:visible").all():
        expect(line).to_have_attribute("data-place", "kings-heath")

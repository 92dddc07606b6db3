"""Judging the guard, its report, several posts at once, operations and elections: on a phone and
at the desk, by thumb and by keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.box import Box
from tests.browser import axe
from tests.browser.staff import LIGHTS, SQUEEZED, sign_in
from tests.browser.visit import Visit

pytestmark = pytest.mark.slow
# What was drawn on Monday, from today's posts; and three posts that wait for a second person.
SEED = """
from datetime import timedelta
from hue.governance import actions as governance
from hue.incidents import actions as incidents
from hue.incidents.models import Incident
from hue.lib import clock
from hue.people.models import Officer
from hue.publishing import actions, sampling
from hue.publishing.actions.compose import Draft
from hue.publishing.models import Sample
at = clock.now()
amina = Officer.objects.get(username="pcso-amina-yusuf")
sergeant = Officer.objects.filter(roles__contains=["supervisor"]).exclude(unit=None).first()
chief = Officer.objects.filter(roles__contains=["communications"]).earliest("pk")
if not Sample.objects.exists():
    text = "Ring Dan on 07700 900123 if you saw the van."
    post = actions.compose(by=amina, at=at, draft=Draft(text))
    post = actions.edit(by=amina, at=at, post=post, seen=1, text="Did you see the van? Call 101.")
    actions.submit(by=amina, at=at, post=post)
    actions.compose(by=amina, at=at, draft=Draft("The MOP has her bag back. Thank you all."))
    for n in range(3):
        words = f"Seen at the duck pond: {n + 2} officers with bread. All calm."
        actions.compose(by=amina, at=at, draft=Draft(words), send="review")
    week = sampling.week_of(at)
    actions.draw_sample(by=Officer.objects.get(roles=["system"]), at=at, week=week, unit=sergeant.unit)
    Sample.objects.update(week=sampling.week_to_judge(at))
    actions.compose(by=amina, at=at, draft=Draft("Call Dan on 07700 900123."), send="override")
    incident = Incident.objects.filter(kind="burglary").first() or Incident.objects.first()
    incidents.flag_operation(
        by=sergeant, at=at, incident=incident, operation="live", note="A warrant is carried out."
    )
    governance.note_election(
        by=chief, at=at, name="Council election", starts_at=at, ends_at=at + timedelta(days=20),
        candidates=["Rosa Finch", "The Lamp Party"],
    )
print(sergeant.username, chief.username, Incident.objects.get(operation="live").pk)
"""


@pytest.fixture(scope="module")
def seeded(box: Box) -> list[str]:
    """Sign-in names of a supervisor and of communications, and the incident in operation."""
    return box.python(SEED).split()


@pytest.mark.parametrize(
    "path",
    [
        "/desk/sample/",
        "/desk/guard/",
        "/desk/queues/approve/together/",
        "/desk/queues/cases/together/",
        "/desk/elections/",
        "/desk/phone/",
        "/desk/incidents/{incident}/",
    ],
)
def test_it_can_be_read_and_used_everywhere(
    path: str, seeded: list[str], open_window: Callable[..., Page]
) -> None:
    """With every form open."""
    visit = Visit(open_window(reduced_motion="reduce"))
    sign_in(visit.page, seeded[1 if "elections" in path else 0])
    for scheme, width in LIGHTS:
        visit.wide(width)
        visit.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        visit.open(path.format(incident=seeded[2]))
        visit.page.evaluate(
            "document.querySelectorAll('main details').forEach((d) => d.open = true)"
        )
        assert not axe.barriers(visit.page)
        assert not visit.page.evaluate(SQUEEZED)
        assert visit.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert not visit.complaints


def test_a_card_is_answered_by_thumb_and_taken_back(
    seeded: list[str], open_window: Callable[..., Page]
) -> None:
    page = open_window()
    sign_in(page, seeded[0])
    page.goto("/desk/sample/")
    progress = page.locator("#progress b")
    before = progress.inner_text()
    right = page.get_by_role("button", name="Right", exact=True)
    size = right.bounding_box()
    assert size is not None
    assert size["height"] >= 44
    assert size["y"] + size["height"] <= 844  # under the thumb, whatever the length of the card
    page.keyboard.press("r")
    expect(right).to_be_focused()
    right.click()
    expect(progress).not_to_have_text(before)
    page.get_by_role("button", name="Take back my last answer").click()
    expect(progress).to_have_text(before)
    page.get_by_text("Wrong: it missed something").click()
    page.get_by_label("What it should have seen").fill("A nickname.")
    page.get_by_role("button", name="It missed this").click()
    expect(progress).not_to_have_text(before)
    page.goto("/desk/guard/")
    expect(page.locator("main")).to_contain_text("A nickname.")


def test_several_are_ticked_by_the_keyboard_and_the_button_says_the_number(
    seeded: list[str], open_window: Callable[..., Page], box: Box
) -> None:
    page = open_window(viewport={"width": 1280, "height": 800})
    sign_in(page, seeded[0])
    page.goto("/desk/queues/approve/")
    page.get_by_role("link", name="Several at once").click()
    ticks = page.get_by_role("checkbox", name="duck pond")
    expect(ticks).to_have_count(3)
    for n in range(3):
        ticks.nth(n).focus()
        page.keyboard.press("Space")
    page.get_by_label("Why, once for all of them").fill("Read them all.")
    page.get_by_role("button", name="Approve: 3 posts").click()
    page.wait_for_url("**/desk/queues/approve/")
    expect(page.locator("#toasts")).to_contain_text("3 approved.")
    rows = "SELECT DISTINCT state FROM publishing_post WHERE text LIKE 'Seen at the duck pond%'"
    assert box.rows(rows) == [("published",)]

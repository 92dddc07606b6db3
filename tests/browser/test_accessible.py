"""axe finds nothing, nothing scrolls sideways at 360 pixels, the keyboard alone decides."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from hue.lib import clock
from hue.pages.models import Alarm
from hue.people.models import Officer
from hue.publishing import actions
from hue.publishing.actions.compose import Draft
from hue.publishing.models import Post
from hue.training import actions as training
from tests.browser.conftest import session_of
from tests.cast import Cast, _officer

pytestmark = pytest.mark.slow
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RUN = """axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa",
"best-practice"]}).then((r) => r.violations.map((v) => v.id + ": " + v.nodes[0].html))"""
SCREENS = [
    "/desk/queues/approve/",
    "/desk/queues/held/",
    "/desk/queues/owed/",
    "/desk/queues/scheduled/",
    "/desk/queues/alarms/",
    "/desk/wall/",
    "/desk/phone/",
    "/desk/posts/mine/",
    "/desk/posts/",
    "/desk/practice/",
    "/desk/posts/{waiting}/",
    "/desk/posts/{published}/",
    "/desk/posts/{draft}/",
    "/desk/questions/",
    "/desk/questions/{question}/",
    "/desk/questions/about/{draft}/",
    "/desk/queues/asked/",
    "/desk/training/",
    "/desk/training/cases/found-dog/",
    "/desk/training/cases/live-operation/",
    "/desk/training/officers/{novice}/",
]


@pytest.fixture
def posts(cast: Cast) -> dict[str, str]:
    at = clock.now()
    waiting = actions.compose(by=cast.officer, at=at, draft=Draft("Puppy found."), send="review")
    published = actions.compose(by=cast.officer, at=at, draft=Draft("Road clear."))
    planned = Draft("Road closed.", kind="notice", publish_at=at.replace(year=at.year + 1))
    actions.compose(by=cast.officer, at=at, draft=planned)
    Alarm.objects.create(slug="feeds", says="The feed is stale.", since=at)
    draft = actions.compose(by=cast.sergeant, at=at, draft=Draft("May I?"), send="draft")
    asked = training.ask(by=cast.officer, at=at, post=waiting, words="Whose puppy is it?")
    kept = actions.compose(by=cast.officer, at=at, draft=Draft("Kept."), send="draft")
    told = training.ask(by=cast.officer, at=at, post=kept, words="Say it?", share_draft=True)
    training.answer(by=cast.comms, at=at, question=told, words="Say it.", for_all=True)
    novice = _officer("ellis", "neighbourhood_officer", rank="PC", practice=True)
    training.name_mentor(by=cast.colleague, at=at, officer=novice, mentor=cast.sergeant)
    actions.compose(by=novice, at=at, draft=Draft("My first try."))
    for officer in (novice, cast.sergeant):
        words = "Found outside 14 Pershore Road. The MOP has her."
        training.answer_case(by=officer, at=at, case="found-dog", words=words)
        training.answer_case(by=officer, at=at, case="live-operation", words="", silent=True)
    return {
        "novice": str(novice.pk),
        "waiting": waiting.pk,
        "published": published.pk,
        "draft": draft.pk,
        "question": str(asked.pk),
    }


@pytest.fixture
def desk(page: Page, live_server: object, cast: Cast) -> Page:
    page.context.add_cookies([session_of(cast.sergeant, str(live_server))])  # type: ignore[list-item]
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_desk_and_the_phone(
    desk: Page, live_server: object, posts: dict[str, str], scheme: str
) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: run `make ready`")
    desk.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    found = []
    for screen in SCREENS:
        for width in (360, 1280):
            desk.set_viewport_size({"width": width, "height": 800})
            desk.goto(f"{live_server}{screen.format(**posts)}")
            desk.evaluate(AXE.read_text())
            found += [f"{screen} {width}: {fault}" for fault in desk.evaluate(RUN)]
            wider = desk.evaluate("document.documentElement.scrollWidth - innerWidth")
            found += [f"{screen} {width}: {wider} px too wide"] if wider > 0 else []
    assert found == []


def test_the_keyboard_alone_approves(
    desk: Page, live_server: object, posts: dict[str, str]
) -> None:
    desk.goto(f"{live_server}/desk/queues/approve/")
    desk.keyboard.press("j")
    desk.keyboard.press("Enter")
    expect(desk.locator("#item-head")).to_contain_text("Kings Heath")
    expect(desk.locator("#item-head")).to_be_focused()
    desk.keyboard.press("a")
    desk.keyboard.press("Enter")
    expect(desk.locator(".toast")).to_contain_text("Approved.")
    assert Post.objects.get(pk=posts["waiting"]).state == "published"


def test_sent_back_and_taken_back_within_ten_seconds(
    desk: Page, live_server: object, posts: dict[str, str]
) -> None:
    desk.goto(f"{live_server}/desk/posts/{posts['waiting']}/")
    desk.get_by_text("Send back", exact=True).click()
    desk.get_by_label("Why: the author reads this").fill("The place is too exact.")
    desk.get_by_role("button", name="Send back with this reason").click()
    expect(desk.locator(".toast")).to_contain_text("Sent back to PCSO Amina.")
    desk.get_by_role("button", name="Undo").click()
    expect(desk.locator(".toast").last).to_contain_text("Taken back.")
    assert Post.objects.get(pk=posts["waiting"]).state == "in_review"


def test_a_practising_officer_sees_the_practice_tab(
    page: Page, live_server: object, cast: Cast
) -> None:
    Officer.objects.filter(pk=cast.officer.pk).update(practice=True)
    page.context.add_cookies([session_of(cast.officer, str(live_server))])  # type: ignore[list-item]
    page.goto(f"{live_server}/desk/phone/")
    expect(page.get_by_role("link", name="Practice")).to_be_visible()
    expect(page.locator(".next")).to_contain_text("only your team sees this")

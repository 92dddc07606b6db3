"""The page of a proposed policy, from the look at the posts to the second person's yes."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from hue.governance import actions
from hue.governance.models import PolicyVersion
from hue.governance.packfile import shipped
from hue.governance.packfile.write import signed
from hue.lib import clock
from hue.people.models import Officer
from hue.publishing import actions as publishing
from hue.publishing.actions.compose import Draft
from hue.publishing.jobs import preview_policy
from tests.browser import axe
from tests.browser.conftest import Signal
from tests.cast import Cast
from tests.governance.laid import gold
from tests.governance.test_packs import signed_by_others

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
STRICT = shipped.england_and_wales().replace("approval_needed = false", "approval_needed = true")


def fits(page: Page) -> None:
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert [str(barrier) for barrier in axe.barriers(page)] == []


def test_a_second_person_sees_what_would_change_and_agrees(
    cast: Cast, owner: Officer, phone: Callable[..., BrowserContext], signal: Signal
) -> None:
    publishing.compose(by=cast.officer, at=clock.now(), draft=Draft("A quiet night."))
    pack = actions.take_in(by=owner, at=clock.now(), file=signed(STRICT).encode())
    page = phone(gold(cast)).new_page()
    page.goto(f"{signal.url}/desk/policy/packs/{pack.pk}/")
    expect(page.get_by_text("Reading the posts of the last 90 days")).to_be_visible()
    fits(page)
    preview_policy(pack.pk)
    found = page.get_by_text("1 post would have needed a second person")
    expect(found).to_be_visible()
    found.click()
    expect(page.get_by_role("link", name="Kings Heath, PCSO Amina")).to_be_visible()
    fits(page)
    page.get_by_role("button", name="Agree, and put it into force").click()
    page.wait_for_url("**/desk/policy/")
    assert PolicyVersion.objects.get().agreed_by == cast.colleague


def test_an_unknown_key_is_confirmed_on_the_page(
    cast: Cast, owner: Officer, phone: Callable[..., BrowserContext], signal: Signal
) -> None:
    file = signed_by_others(shipped.england_and_wales())
    pack = actions.take_in(by=owner, at=clock.now(), file=file)
    page = phone(owner).new_page()
    page.goto(f"{signal.url}/desk/policy/packs/{pack.pk}/")
    expect(page.get_by_role("heading", name="Whose key is this?")).to_be_visible()
    fits(page)
    page.get_by_label("The last eight characters").fill(pack.fingerprint[-8:])
    page.get_by_label("How you made sure").fill("Rang them.")
    page.get_by_role("button", name="This is their key").click()
    expect(page.get_by_text("Signed by Hue & Cry")).to_be_visible()


def test_a_file_with_faults_is_told_on_a_phone(
    cast: Cast, owner: Officer, phone: Callable[..., BrowserContext], signal: Signal
) -> None:
    page = phone(owner).new_page()
    page.goto(f"{signal.url}/desk/policy/")
    fits(page)
    wrong = {"name": "p.toml", "mimeType": "application/toml", "buffer": b"format = 2\nx = 1\n"}
    page.get_by_label("Policy pack").set_input_files(wrong)  # type: ignore[arg-type]
    page.get_by_role("button", name="Take in this pack").click()
    expect(page.get_by_text("“x” is no key of a pack")).to_be_visible()
    fits(page)

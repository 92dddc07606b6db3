"""The import page while the worker is at it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from hue.incidents import uploads
from hue.incidents.actions import receive
from hue.incidents.jobs import check
from hue.people.models import Officer
from tests.browser.conftest import Signal
from tests.cast import NOON, Cast
from tests.incidents.test_streetfile import OWN, own

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_the_progress_gives_way_to_what_was_found_by_itself(
    cast: Cast, phone: Callable[[Officer | None], BrowserContext], signal: Signal
) -> None:
    kept = uploads.keep([(OWN + own()).encode()])
    batch = receive(by=cast.comms, at=NOON, name="july.csv", path=kept)
    page = phone(cast.comms).new_page()
    page.goto(f"{signal.url}/desk/incidents/import/{batch.pk}/")
    expect(page.get_by_text("Looking through the file")).to_be_visible()
    check(batch.pk)
    expect(page.get_by_role("button", name="Import 1 incident")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

"""A stop reaches whoever is writing, within seconds, and so does its end."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.box import Box
from tests.browser.staff import sign_in

pytestmark = pytest.mark.slow
BY = """
from hue.governance import actions
from hue.governance.models import Halt
from hue.lib import clock
from hue.people.models import Officer
from hue.publishing.models import Post
by = Officer.objects.get(username="sgt-gurpreet-bhogal")
"""
STOP = BY + 'actions.stop_all(by=by, at=clock.now(), reason="A false report.")'
LIFT = BY + (
    "for halt in Halt.objects.in_force():"
    ' actions.lift_stop(by=by, at=clock.now(), halt=halt, reason="It was false.")'
)


@pytest.fixture
def stopping(box: Box) -> Iterator[Box]:
    """What waited is put back as it was: others work before the same box."""
    query = "SELECT id, state, note FROM publishing_post WHERE state IN ('in_review', 'approved')"
    before = json.dumps(box.rows(query))
    yield box
    box.python(f"{LIFT}\nimport json\nfor pk, state, note in json.loads({before!r}):\n"
               "    Post.objects.filter(pk=pk).update(state=state, note=note)")  # fmt: skip


def test_a_stop_and_its_end_reach_an_open_form(stopping: Box, reader: Page) -> None:
    sign_in(reader, "pcso-amina-yusuf")
    reader.goto("/desk/phone/")
    expect(reader.get_by_text("It goes out at once.")).to_be_visible()
    reader.get_by_label("What happened?").fill("Being written.")
    stopping.python(STOP)
    expect(reader.locator("#banners")).to_contain_text("A false report.", timeout=5000)
    expect(reader.get_by_text("What you publish is not taken")).to_be_visible()
    expect(reader.get_by_label("What happened?")).to_have_value("Being written.")
    stopping.python(LIFT)
    expect(reader.locator("#banners")).not_to_contain_text("A false report.", timeout=5000)
    expect(reader.get_by_text("It goes out at once.")).to_be_visible()

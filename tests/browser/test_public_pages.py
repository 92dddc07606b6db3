"""Every kind of public page: no barriers, small, whole without JavaScript, on any width."""

import pytest
from playwright.sync_api import Page

from hue.pages import accessibility
from tests.browser.kinds import BY_NAME, KINDS, NOWHERE, Kind, Walk
from tests.browser.visit import Visit, lines

pytestmark = pytest.mark.slow
EACH = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


def example(walked: Walk, kind: Kind) -> str:
    path = walked.example(kind)
    assert path, f"No page is: {kind.says} ({kind.path} {kind.has})"
    return path


def test_every_link_leads_somewhere(walked: Walk) -> None:
    assert len(walked.pages) > 100
    assert not walked.broken, walked.broken


def test_every_page_is_of_a_kind_that_is_looked_at(walked: Walk) -> None:
    assert not walked.of_no_kind(), walked.of_no_kind()


@EACH
def test_everybody_can_use_it(kind: Kind, walked: Walk, visit: Visit) -> None:
    """axe finds what the accessibility statement admits, which is nothing; small and quiet."""
    answer = visit.open(example(walked, kind))
    assert answer.status == (404 if kind.path == NOWHERE else 200)
    troubles = visit.troubles(accessibility.results().faults_of(kind.name))
    assert not troubles, "\n".join(troubles)
    if not (kind.framed or kind.name == "sign-in"):  # every page that the public reads
        assert "999" in visit.page.locator("body").inner_text()


@EACH
def test_it_is_complete_without_javascript(
    kind: Kind, walked: Walk, visit: Visit, plain_reader: Page
) -> None:
    path = example(walked, kind)
    visit.open(path)
    plain_reader.goto(path)
    assert not [line for line in lines(visit.page) if line not in lines(plain_reader)]


def test_search_without_javascript_leads_to_the_archive(walked: Walk, plain_reader: Page) -> None:
    plain_reader.goto(example(walked, BY_NAME["search"]))
    assert plain_reader.locator("main a[href^='/archive/']").first.is_visible()

"""The accessibility statement says what the tests find."""

import pytest
from playwright.sync_api import Page, expect

from hue.pages import accessibility
from tests.browser import axe
from tests.browser.kinds import KINDS
from tests.browser.limits import LIMITS
from tests.browser.visit import WIDTHS

pytestmark = pytest.mark.slow
AGAIN = "run `make accessibility`"


def test_the_results_are_of_these_pages_and_these_rules(reader: Page) -> None:
    told = accessibility.results()
    assert [(p.name, p.says) for p in told.pages] == [(k.name, k.says) for k in KINDS], AGAIN
    assert (told.tool, told.widths) == (f"axe-core {axe.version()}", WIDTHS), AGAIN
    assert told.limits == LIMITS, AGAIN
    reader.goto("/")
    assert told.rules == len(axe.rules(reader)), AGAIN


def test_the_statement_has_what_the_regulations_ask_for(reader: Page) -> None:
    """SI 2018/952, regulation 8: what, why, what instead, whom to tell, and who enforces."""
    told = accessibility.results()
    reader.goto("/accessibility/")
    main = reader.locator("main")
    expect(main).to_contain_text(told.status)
    for limit in told.limits:
        for words in (limit.what, limit.why, limit.instead):
            expect(main).to_contain_text(words)
    expect(main).to_contain_text("Equality and Human Rights Commission")
    expect(main.get_by_role("link", name="Equality Advisory")).to_be_visible()
    expect(main).to_contain_text(told.tool)

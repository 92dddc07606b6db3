"""`make accessibility`: looks at one page of each kind and writes down what bars anybody.

The file is hue/pages/accessibility.toml; the accessibility statement is made of it, and the
browser tests fail when the pages and the file disagree.
"""

import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Page

from hue.pages.accessibility import FILE
from tests.box import NEARLY_STILL, Box, running
from tests.browser import axe, chromium
from tests.browser.kinds import KINDS, Walk, walk
from tests.browser.limits import LIMITS
from tests.browser.visit import WIDTHS

HEAD = "# Written by `make accessibility` from what the browser tests find. Do not edit.\n"


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        chromium.launched() as browser,
        running(Path(folder), at="16:20", speed=NEARLY_STILL) as box,
    ):
        text = written(box, browser)
    FILE.write_text(text, encoding="utf-8")
    print(f"{FILE.relative_to(ROOT)}: {text.count('[[page]]')} kinds of pages.")


def written(box: Box, browser: Browser) -> str:
    page = browser.new_page(base_url=box.site)
    walked = walk(box.site)
    faults = list(_faults(page, walked))
    return (
        HEAD
        + f"prepared = {datetime.now(UTC).date().isoformat()}\n"
        + facts(page)
        + _tables("fault", faults)
    )


def facts(page: Page) -> str:
    """What is true on any day: the test compares this part."""
    head = {
        "tool": f"axe-core {axe.version()}",
        "browser": "Chromium",
        "standard": "WCAG 2.2, level AA",
        "rules": len(axe.rules(page)),
        "widths": list(WIDTHS),
    }
    pages = [{"name": kind.name, "says": kind.says} for kind in KINDS]
    limits = [vars(limit) for limit in LIMITS]
    return _lines(head) + _tables("page", pages) + _tables("limit", limits)


def _faults(page: Page, walked: Walk) -> Iterator[dict[str, Any]]:
    for kind in KINDS:
        path = walked.example(kind)
        if path is None:
            raise SystemExit(f"No page is: {kind.says}. See tests/browser/kinds.py.")
        page.goto(path)
        for rule, says in sorted(_at_all_widths(page).items()):
            yield {"kind": kind.name, "on": kind.says, "rule": rule, "says": says}


def _at_all_widths(page: Page) -> dict[str, str]:
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        found.update({barrier.rule: barrier.help for barrier in axe.barriers(page)})
    return found


def _tables(name: str, rows: list[dict[str, Any]]) -> str:
    return "".join(f"\n[[{name}]]\n{_lines(row)}" for row in rows)


def _lines(row: dict[str, Any]) -> str:
    return "".join(f"{key} = {_value(value)}\n" for key, value in row.items())


def _value(value: Any) -> str:
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return str(value)


if __name__ == "__main__":
    main()

"""axe-core, the engine that looks for barriers, run inside the page."""

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Page

FOLDER = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RUN = """async (tags) => {
  const found = await axe.run(document, {
    runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] });
  return found.violations.map((v) => ({
    rule: v.id, help: v.help, where: v.nodes.map((n) => `${n.target} ${n.failureSummary}`) }));
}"""


class Barrier(NamedTuple):
    """What axe found on a page."""

    rule: str
    help: str
    where: tuple[str, ...]

    def __str__(self) -> str:
        places = "\n    ".join(place.replace("\n", " ") for place in self.where[:5])
        return f"{self.rule}: {self.help}\n    {places}"


@cache
def source() -> str:
    return (FOLDER / "axe.min.js").read_text(encoding="utf-8")


def version() -> str:
    return str(json.loads((FOLDER / "package.json").read_text())["version"])


def barriers(page: Page) -> list[Barrier]:
    _bring(page)
    found: list[dict[str, Any]] = page.evaluate(RUN, list(TAGS))
    return [Barrier(one["rule"], one["help"], tuple(one["where"])) for one in found]


def rules(page: Page) -> list[str]:
    """The rules that `TAGS` name, in this version of axe."""
    _bring(page)
    named: list[str] = page.evaluate(
        "(tags) => axe.getRules(tags).map((r) => r.ruleId)", list(TAGS)
    )
    return sorted(named)


def _bring(page: Page) -> None:
    # Through the debugger: the page's content security policy stays in force.
    if not page.evaluate("'axe' in window"):
        page.evaluate(source())

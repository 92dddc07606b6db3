"""One open page: what it says to the console, how many bytes it takes, what is wrong with it."""

import re
from collections.abc import Iterator

from playwright.sync_api import Page, Response

from tests.browser import axe

WIDTHS = (390, 1280)
NARROW = (320, 360)
MOST_BYTES = 200_000


class Visit:
    """Opens pages; everything loaded counts as a stranger with an empty cache would load it."""

    def __init__(self, page: Page) -> None:
        self.page, self.complaints, self.bytes = page, list[str](), 0
        page.on("console", lambda said: self._note(said.text, said.type))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        network.send("Network.setCacheDisabled", {"cacheDisabled": True})
        network.on("Network.loadingFinished", self._count)

    def open(self, path: str) -> Response:
        self.bytes, self.complaints = 0, []
        answer = self.page.goto(path)
        assert answer is not None
        if not answer.ok:  # the console says so too
            self.complaints = [said for said in self.complaints if "status of" not in said]
        return answer

    def troubles(self, known: set[str]) -> list[str]:
        """What bars, slows or misleads somebody, in sentences. `known` are axe's rules."""
        return [*self._of_the_document(), *self._of_the_widths(), *self._of_axe(known)]

    def _of_the_document(self) -> Iterator[str]:
        if self.bytes > MOST_BYTES:
            yield f"{self.bytes} bytes are loaded."
        if self.page.locator("html").get_attribute("lang") != "en-GB":
            yield "The language is not named."
        if not self.page.title().strip():
            yield "It has no title."
        if (headings := self.page.locator("h1").count()) != 1:
            yield f"It has {headings} main headings."

    def _of_the_widths(self) -> Iterator[str]:
        for width in NARROW:
            self.wide(width)
            if self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                yield f"It scrolls sideways at {width} px."

    def _of_axe(self, known: set[str]) -> Iterator[str]:
        found: dict[str, str] = {}
        for width in WIDTHS:
            self.wide(width)
            found.update({barrier.rule: str(barrier) for barrier in axe.barriers(self.page)})
        yield from (says for rule, says in found.items() if rule not in known)
        yield from (f"{rule}: mended, and the statement says not." for rule in known - found.keys())
        yield from self.complaints

    def wide(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": 844})

    def _count(self, finished: dict[str, float]) -> None:
        self.bytes += int(finished["encodedDataLength"])

    def _note(self, text: str, kind: str) -> None:
        if kind in {"error", "warning"}:
            self.complaints.append(text)


def lines(page: Page) -> list[str]:
    """What stands in the main part, line by line, also what is folded away."""
    text = page.locator("main").evaluate(
        "(main) => { const copy = main.cloneNode(true);"
        " copy.querySelectorAll('script, noscript, [hidden]').forEach((e) => e.remove());"
        " return copy.textContent; }"
    )
    return [re.sub(r"\s+", " ", line).strip() for line in str(text).splitlines() if line.strip()]

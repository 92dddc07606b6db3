"""The public page on which residents ask for messages: a file, whose form Django takes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static

from hue.lib import clock
from hue.pages import shell
from hue.pages.sources import File, PageSource
from hue.subscribers import queries, showing
from hue.subscribers.choices import VIAS

WORKER = Path(__file__).parent / "static" / "hue" / "push-worker.js"


class WatchPage(PageSource):
    name = "subscribers.watch"
    rank = 4

    def keys(self) -> list[str]:
        return [""]

    def get(self, key: str) -> str:
        return key

    def path(self, item: str) -> str:
        return "watch.html"

    def files(self, item: str) -> Iterator[File]:
        main = ask_page(showing.START)
        yield shell.file(self.path(item), title="Watch messages", main=main)
        # At the root: a worker below /assets/ could not open our pages.
        yield File("push-worker.js", WORKER.read_bytes())


def ask_page(chosen: dict[str, Any], errors: list[str] | None = None) -> str:
    """What stands inside the shell; after a mistake with what was typed."""
    at = clock.now()
    told = {
        "fields": showing.fields(chosen),
        "chosen": chosen,
        "ways": [(via, VIAS[via]) for via in queries.ways()],
        "errors": errors or [],
        "silent": [(row, queries.since(row)) for row in queries.silent(at=at)],
        "force": shell.who(),
        "site": settings.HUE_SITE,
        "exit": static("hue/exit.js"),
        "script": static("hue/watch.js"),
    }
    return render_to_string("subscribers/watch.html", told)

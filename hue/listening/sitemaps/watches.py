"""LIS-2: what is watched, why and how much, for everybody to read."""

from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string

from hue.lib import clock
from hue.listening.models import Source, Watch
from hue.pages import shell
from hue.pages.sources import File, PageSource

FEW = 10  # below it a number would say who was heard


class ListeningPage(PageSource):
    name = "listening.public"
    rank = 6

    def keys(self) -> list[str]:
        return [""]

    def get(self, key: str) -> str:
        return key

    def path(self, item: str) -> str:
        return "listening.html"

    def files(self, item: str) -> Iterator[File]:
        at = clock.now()
        public = Watch.objects.to_read().filter(state__in=["approved", "ended"])
        context = {
            "force": shell.who(),
            "running": [_told(one) for one in public.running(at=at).order_by("name")],
            "over": [
                _told(one) for one in public.filter(state="ended").order_by("-expires_at")[:50]
            ],
            "sources": Source.objects.on().exclude(terms_read_at=None).order_by("name"),
        }
        main = render_to_string("listening/public.html", context)
        title = "What we read of what is said in public"
        yield shell.file(self.path(item), title=title, main=main)


def _told(watch: Watch) -> dict[str, Any]:
    return {
        "name": watch.name,
        "purpose": watch.purpose,
        "basis": watch.basis,
        "topics": watch.topics,
        "places": [place.name for place in watch.places.all()],
        "sources": [source.name for source in watch.sources.all()],
        "starts": watch.starts_at,
        "ends": watch.expires_at,
        "days": 30 if watch.incident else 7,
        "heard": f"{watch.heard:,}" if watch.heard >= FEW else f"fewer than {FEW}",
    }

"""The force's home, and the list of its live events."""

from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string
from django.templatetags.static import static

from hue.events.models import LiveEvent
from hue.lib import clock
from hue.pages import shell
from hue.pages.sources import File, PageSource
from hue.people import queries as people
from hue.people.models import Force
from hue.publishing import feeds
from hue.publishing.sitemaps import fronts, lines, notices
from hue.publishing.sitemaps.event import context


class Home(PageSource):
    name = "publishing.home"
    rank = 2

    def keys(self) -> list[str]:
        return [""]

    def get(self, key: str) -> Force | None:
        return Force.objects.first()

    def path(self, item: Force) -> str:
        return "index.html"

    def files(self, item: Force) -> Iterator[File]:
        scope = feeds.of_force()
        html = lines.newest(scope.posts)
        main = render_to_string(
            "publishing/home.html",
            {
                "force": {**fronts.addresses(scope), "name": item.name},
                "live": [context(e)["event"] for e in _events("live")],
                "next_events": [context(e)["event"] for e in _events("planned")[:3]],
                "notices": notices.coming(scope.posts, at=clock.now()),
                "lines_html": html,
                "neighbourhoods": [
                    {"name": n.name, "url": f"/neighbourhoods/{n.slug}/"}
                    for n in people.neighbourhoods()
                ],
                "page_updated": clock.now(),
                "assets": {"live": static("hue/live.js")},
            },
        )
        yield shell.file("index.html", title="News", main=main, head=fronts.head(scope))
        yield from fronts.beside(scope, html)
        yield from _list_of_events()


def _events(state: str) -> list[LiveEvent]:
    events = LiveEvent.objects.select_related("owner__team").filter(state=state)
    return list(events.order_by("starts_at"))


def _list_of_events() -> Iterator[File]:
    groups: list[dict[str, Any]] = []
    for heading, states in (
        ("Live now", ["live"]),
        ("Coming up", ["planned"]),
        ("Over", ["closing", "closed"]),
    ):
        events = LiveEvent.objects.filter(state__in=states).order_by("-starts_at")[:200]
        groups.append({"heading": heading, "events": [_entry(event) for event in events]})
    main = render_to_string("publishing/events.html", {"groups": groups})
    yield shell.file("events.html", title="Live events", main=main)


def _entry(event: LiveEvent) -> dict[str, Any]:
    return {
        "hashtag": event.hashtag,
        "url": f"/events/{event.hashtag}/",
        "name": event.name,
        "purpose": event.purpose,
        "starts_at": event.starts_at,
    }

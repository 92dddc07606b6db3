"""The force's home, and the list of its live events."""

from collections.abc import Iterator

from django.template.loader import render_to_string
from django.templatetags.static import static

from hue.events.models import LiveEvent, LiveEventQuerySet
from hue.lib import clock
from hue.pages import shell
from hue.pages.sources import File, PageSource
from hue.people import queries as people
from hue.people.models import Force
from hue.publishing import feeds
from hue.publishing.sitemaps import fronts, lines, notices
from hue.publishing.sitemaps.event import context

SHOWN_AHEAD = 3
LISTED = 200
GROUPS = (
    ("Live now", ["live"]),
    ("Coming up", ["planned"]),
    ("Over", ["closing", "closed"]),
)


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
        newest = lines.newest(scope.posts)
        live, planned = _events()
        main = render_to_string(
            "publishing/home.html",
            {
                "force": {**fronts.addresses(scope), "name": item.name},
                "live": [context(event)["event"] for event in live],
                "next_events": [context(event)["event"] for event in planned[:SHOWN_AHEAD]],
                "notices": notices.coming(scope.posts, at=clock.now()),
                "lines_html": lines.joined(newest),
                "neighbourhoods": [
                    {"name": n.name, "url": f"/neighbourhoods/{n.slug}/"}
                    for n in people.neighbourhoods()
                ],
                "page_updated": clock.now(),
                "assets": {"live": static("hue/live.js")},
            },
        )
        yield shell.file("index.html", title="News", main=main, head=fronts.head(scope))
        yield from fronts.beside(scope, newest)


class EventList(PageSource):
    """Changes with an event, not with what is said in it."""

    name = "publishing.events"
    rank = 3

    def keys(self) -> list[str]:
        return [""]

    def get(self, key: str) -> str:
        return key

    def path(self, item: str) -> str:
        return "events.html"

    def files(self, item: str) -> Iterator[File]:
        groups = [
            {"heading": heading, "events": [_entry(event) for event in _newest(states)]}
            for heading, states in GROUPS
        ]
        main = render_to_string("publishing/events.html", {"groups": groups})
        yield shell.file("events.html", title="Live events", main=main)


def _events() -> tuple[list[LiveEvent], list[LiveEvent]]:
    """Those that are live, those that are planned."""
    found = LiveEvent.objects.select_related("owner__team").order_by("starts_at")
    states: dict[str, list[LiveEvent]] = {"live": [], "planned": []}
    for event in found.filter(state__in=states):
        states[event.state].append(event)
    return states["live"], states["planned"]


def _newest(states: list[str]) -> LiveEventQuerySet:
    return LiveEvent.objects.filter(state__in=states).order_by("-starts_at")[:LISTED]


def _entry(event: LiveEvent) -> dict[str, object]:
    return {
        "hashtag": event.hashtag,
        "url": f"/events/{event.hashtag}/",
        "name": event.name,
        "purpose": event.purpose,
        "starts_at": event.starts_at,
    }

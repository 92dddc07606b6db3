"""The feeds as files, in each format."""

from collections.abc import Iterator

from django.conf import settings

from hue.events.models import LiveEvent
from hue.pages.sources import File, PageSource
from hue.people.models import LocalPolicingUnit, Neighbourhood
from hue.publishing import formats
from hue.publishing.feeds import Scope, feed, scope_of


class Feeds(PageSource):
    """The key is "force", "units/south", "neighbourhoods/kings-heath", "events/day24"."""

    name = "publishing.feed"
    rank = 2
    in_sitemap = False

    def keys(self) -> Iterator[str]:
        yield "force"
        yield from (f"units/{u.slug}" for u in LocalPolicingUnit.objects.iterator())
        yield from (f"neighbourhoods/{n.slug}" for n in Neighbourhood.objects.iterator())
        yield from (f"events/{e.hashtag}" for e in LiveEvent.objects.iterator())

    def get(self, key: str) -> Scope | None:
        return scope_of(key)

    def path(self, item: Scope) -> str:
        return f"{item.base}feed.atom".lstrip("/")

    def gone(self, key: str) -> list[str]:
        return [f"{key}/feed.{suffix}" for suffix in formats.WRITERS]

    def files(self, item: Scope) -> Iterator[File]:
        told = feed(item)
        for suffix, write in formats.WRITERS.items():
            path = f"{item.base}feed.{suffix}"
            yield File(path.lstrip("/"), write(told, settings.HUE_SITE + path))

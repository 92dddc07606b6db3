"""The feeds as files, in each format."""

from collections.abc import Iterator

from django.conf import settings

from hue.pages.sources import File, PageSource
from hue.publishing import formats
from hue.publishing.feeds import Scope, feed, scope_of, scopes


class Feeds(PageSource):
    """The key is "force", "units/south", "neighbourhoods/kings-heath", "events/day24"."""

    name = "publishing.feed"
    rank = 2
    in_sitemap = False

    def keys(self) -> Iterator[str]:
        return (scope.key for scope in scopes())

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

"""The feeds as files, in each format."""

from collections.abc import Iterator

from django.conf import settings

from hue.pages.rebuild import batches
from hue.pages.sources import File, PageSource
from hue.publishing import formats
from hue.publishing.feeds import feeds, scope_of, scopes
from hue.publishing.formats import Feed

AT_ONCE = 8  # as many as a post needs and some more; a rebuild hands over hundreds


class Feeds(PageSource):
    """The key is "force", "units/south", "neighbourhoods/kings-heath", "events/day24"."""

    name = "publishing.feed"
    rank = 2
    in_sitemap = False

    def keys(self) -> Iterator[str]:
        return (scope.key for scope in scopes())

    def get(self, key: str) -> Feed | None:
        return next(found for _, found in self.many([key]))

    def many(self, keys: list[str]) -> Iterator[tuple[str, Feed | None]]:
        for step in batches(keys, AT_ONCE):
            known = {key: scope for key in step if (scope := scope_of(key))}
            found = dict(zip(known, feeds(list(known.values())), strict=True)) if known else {}
            yield from ((key, found.get(key)) for key in step)

    def path(self, item: Feed) -> str:
        return f"{item.base}feed.atom".lstrip("/")

    def gone(self, key: str) -> list[str]:
        return [f"{key}/feed.{suffix}" for suffix in formats.WRITERS]

    def files(self, item: Feed) -> Iterator[File]:
        for suffix, write in formats.WRITERS.items():
            path = f"{item.base}feed.{suffix}"
            yield File(path.lstrip("/"), write(item, settings.HUE_SITE + path))

"""The poster of a live event, beside its page."""

from collections.abc import Iterable, Iterator

from hue.events.models import LiveEvent, LiveEventQuerySet
from hue.events.poster import poster
from hue.pages.sources import File, PageSource
from hue.people.queries import the_force


class Posters(PageSource):
    name = "events.poster"
    rank = 7  # drawn by typst, and printed hours later
    in_sitemap = False
    folders = ("events",)
    suffixes = (".pdf",)

    def keys(self) -> Iterable[str]:
        return _to_print().values_list("hashtag", flat=True).iterator()

    def get(self, key: str) -> LiveEvent | None:
        return _to_print().filter(hashtag=key).first()

    def path(self, item: LiveEvent) -> str:
        return _path(item.hashtag)

    def files(self, item: LiveEvent) -> Iterator[File]:
        yield File(self.path(item), poster(item, the_force()))

    def gone(self, key: str) -> tuple[str, ...]:
        return (_path(key),)


def _to_print() -> LiveEventQuerySet:
    return LiveEvent.objects.exclude(state="cancelled")


def _path(hashtag: str) -> str:
    return f"events/{hashtag}/poster.pdf"

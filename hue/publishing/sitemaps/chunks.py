"""The index of the search in the browser, and the sitemap of all posts, in chunks of one month's
threads: a new post rewrites one chunk, however much stands in the archive."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import Q

from hue.lib import clock
from hue.pages.sources import REGISTRY, File, PageSource
from hue.publishing.models import Post, Shelf, Shelved
from hue.publishing.shelves import A_CHUNK, chunk_of
from hue.publishing.states import GONE

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


class Chunk(NamedTuple):
    month: str  # "2026-11"
    number: int

    @property
    def name(self) -> str:
        return f"{self.month}-{self.number:04}"


class Chunks(PageSource):
    """The key is "2026-11/3"."""

    name = "publishing.chunk"
    rank = 4
    in_sitemap = False
    folders = ("search", "sitemaps")

    def keys(self) -> Iterator[str]:
        return (f"{chunk.month}/{chunk.number}" for chunk in all_chunks())

    def get(self, key: str) -> Chunk:
        month, _, number = key.partition("/")
        return Chunk(month, int(number))

    def path(self, item: Chunk) -> str:
        return f"search/{item.name}.json"

    def files(self, item: Chunk) -> Iterator[File]:
        posts = list(_posts(item))
        entries = [_entry(post) for post in posts if not _taken_back(post)]
        told = json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
        yield File(self.path(item), told.encode())
        yield File(f"sitemaps/{item.name}.xml", urls((_address(p), _changed(p)) for p in posts))
        if not settings.PUBLIC_ROOT.joinpath(f"search/{item.name}.json").exists():
            yield from lists()


class Lists(PageSource):
    """What leads to the chunks, and the sitemap of everything that is no post."""

    name = "publishing.lists"
    rank = 6
    in_sitemap = False

    def keys(self) -> list[str]:
        return [""]

    def get(self, key: str) -> str:
        return key

    def path(self, item: str) -> str:
        return "sitemap.xml"

    def files(self, item: str) -> Iterator[File]:
        yield from lists()
        yield File("sitemaps/pages.xml", urls((address, "") for address in _other_pages()))


def lists() -> Iterator[File]:
    names = [chunk.name for chunk in all_chunks()]
    yield File("search/index.json", json.dumps({"months": names[::-1]}).encode())
    maps = "".join(
        f"<sitemap><loc>{settings.HUE_SITE}/sitemaps/{name}.xml</loc></sitemap>"
        for name in ["pages", *names]
    )
    yield File("sitemap.xml", _xml(f'<sitemapindex xmlns="{NAMESPACE}">{maps}</sitemapindex>'))


def all_chunks() -> Iterator[Chunk]:
    """Oldest first."""
    for shelf in Shelf.objects.filter(row="month").exclude(count=0).order_by("slug"):
        for number in range(1, chunk_of(shelf.count) + 1):
            yield Chunk(shelf.slug, number)


def urls(pages: Iterable[tuple[str, str]]) -> bytes:
    """A sitemap of (address, date of the last change or "")."""
    entries = "".join(
        f"<url><loc>{escape(settings.HUE_SITE + address)}</loc>"
        + (f"<lastmod>{changed}</lastmod>" if changed else "")
        + "</url>"
        for address, changed in pages
    )
    return _xml(f'<urlset xmlns="{NAMESPACE}">{entries}</urlset>')


def _posts(chunk: Chunk) -> Any:
    """The chunk's threads with what followed, newest first."""
    first = (chunk.number - 1) * A_CHUNK + 1
    placed = Shelved.objects.filter(
        shelf__row="month",
        shelf__slug=chunk.month,
        number__gte=first,
        number__lt=first + A_CHUNK,
    )
    # As a list: as a subquery in both halves of the "or" it took longer, the more posts there are.
    roots = list(placed.values_list("post", flat=True))
    found = Post.objects.public().filter(Q(pk__in=roots) | Q(thread__in=roots)).newest_first()
    return found.values(
        "id",
        "text",
        "state",
        "thread__state",
        "neighbourhood__name",
        "published_at",
        "corrected_at",
        "withdrawn_at",
    )


def _entry(post: dict[str, Any]) -> dict[str, str]:
    return {
        "u": _address(post),
        "t": post["text"],
        "p": post["neighbourhood__name"] or "",
        "a": post["published_at"].isoformat(),
    }


def _address(post: dict[str, Any]) -> str:
    return f"/posts/{post['id']}/"


def _changed(post: dict[str, Any]) -> str:
    at = post["withdrawn_at"] or post["corrected_at"] or post["published_at"]
    return clock.stamp(at)


def _taken_back(post: dict[str, Any]) -> bool:
    return not GONE.keys().isdisjoint({post["state"], post["thread__state"]})


def _other_pages() -> Iterator[str]:
    for source in REGISTRY.values():
        if source.in_sitemap:
            yield from (source.location(item) for item in source.items())


def _xml(body: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode()

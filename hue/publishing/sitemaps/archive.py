"""The archive: shelves by month, place and kind. Pages count from the oldest, so that those which
are full never change; the address of the shelf itself shows the newest one."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.templatetags.static import static

from hue.pages import shell
from hue.pages.sources import File, PageSource
from hue.publishing.models import Shelf, Shelved
from hue.publishing.shelves import A_PAGE, page_of


class Page(NamedTuple):
    shelf: Shelf
    number: int

    @property
    def last(self) -> int:
        return page_of(self.shelf.count)


class ArchivePages(PageSource):
    """The key is "month/2026-11/3"."""

    name = "publishing.archive"
    rank = 4
    in_sitemap = False  # every post is there by its own address
    folders = ("archive",)

    def keys(self) -> Iterator[str]:
        for shelf in Shelf.objects.exclude(count=0):
            for number in range(1, page_of(shelf.count) + 1):
                yield f"{shelf.row}/{shelf.slug}/{number}"

    def get(self, key: str) -> Page | None:
        row, slug, number = key.split("/")
        shelf = Shelf.objects.filter(row=row, slug=slug).first()
        page = Page(shelf, int(number)) if shelf else None
        return page if page and page.number <= page.last else None

    def path(self, item: Page) -> str:
        return f"archive/{item.shelf.row}/{item.shelf.slug}/{item.number}.html"

    def gone(self, key: str) -> tuple[str, ...]:
        return (f"archive/{key}.html",)

    def files(self, item: Page) -> Iterator[File]:
        shelf, number = item
        main = render_to_string(
            "publishing/archive.html",
            {
                "heading": shelf.label,
                "lead": f"{number} of {item.last}, counted from the oldest"
                if number == item.last
                else "",
                "lines_html": _lines(item),
                "older": _link(item, number - 1, "Older"),
                "newer": _link(item, number + 1, "Newer"),
            },
        )
        title = f"{shelf.label}, page {number}"
        yield shell.file(self.path(item), title=title, main=main)
        if number == item.last:
            front = f"archive/{shelf.row}/{shelf.slug}.html"
            yield shell.file(front, title=shelf.label, main=main, as_=self.location(item))


class Shelves(PageSource):
    """All shelves: the front of the archive, and the search beside it."""

    name = "publishing.shelves"
    rank = 4

    def keys(self) -> list[str]:
        return [""]

    def get(self, key: str) -> list[dict[str, Any]]:
        return shelves()

    def path(self, item: list[dict[str, Any]]) -> str:
        return "archive.html"

    def files(self, item: list[dict[str, Any]]) -> Iterator[File]:
        told = {"heading": "Archive", "shelves": item}
        main = render_to_string("publishing/archive.html", told)
        yield shell.file("archive.html", title="Archive", main=main)
        search = {
            "assets": {"search": static("hue/search.js")},
            "index_url": "/search/",
            "shelves": item,
        }
        main = render_to_string("publishing/search.html", search)
        yield shell.file("search.html", title="Search", main=main)


def shelves() -> list[dict[str, Any]]:
    """For the lists of months, places and kinds, with how much stands on each."""
    found = []
    for row, heading in Shelf.ROWS:
        of_row = Shelf.objects.filter(row=row).exclude(count=0)
        ordered = of_row.order_by("-slug" if row == "month" else "label")
        entries = [
            {"label": s.label, "url": f"/archive/{s.row}/{s.slug}/", "count": s.count}
            for s in ordered
        ]
        found.append({"heading": heading, "entries": entries})
    return found


def _lines(page: Page) -> str:
    """Newest first within the page."""
    first = (page.number - 1) * A_PAGE + 1
    placed = Shelved.objects.filter(
        shelf=page.shelf, number__gte=first, number__lt=first + A_PAGE
    ).order_by("-number")
    return "\n".join(placed.values_list("post__html", flat=True))


def _link(page: Page, number: int, label: str) -> dict[str, str] | None:
    if not 1 <= number <= page.last:
        return None
    return {"url": f"/archive/{page.shelf.row}/{page.shelf.slug}/{number}/", "label": label}

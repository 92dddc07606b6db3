"""The public register of what was removed: pages counted from the oldest, the newest in front."""

from collections.abc import Iterator
from math import ceil
from typing import Any

from django.db.models import Count
from django.template.loader import render_to_string

from hue.governance.models import Removal
from hue.lib import clock
from hue.pages import shell
from hue.pages.sources import File, PageSource
from hue.publishing.models import Post

A_PAGE = 100


class RemovedPage(PageSource):
    name = "publishing.removed"
    rank = 3
    folders = ("removed",)

    def keys(self) -> Iterator[str]:
        """ "" is the page in front; full ones are numbered."""
        yield ""
        full = Removal.objects.public(at=clock.now()).count() // A_PAGE
        yield from (str(number) for number in range(1, full + 1))

    def get(self, key: str) -> str:
        return key

    def path(self, item: str) -> str:
        return f"removed/{item}.html" if item else "removed.html"

    def files(self, item: str) -> Iterator[File]:
        public = Removal.objects.public(at=clock.now())
        count = public.count()
        in_front = max(ceil(count / A_PAGE), 1)
        number = int(item or in_front)
        yield self._page(item, number, count)
        if not item and in_front > 1:  # the page before may just have become full
            yield self._page(str(in_front - 1), in_front - 1, count)

    def _page(self, item: str, number: int, count: int) -> File:
        oldest_first = Removal.objects.public(at=clock.now()).order_by("at", "id")
        rows = list(oldest_first[(number - 1) * A_PAGE : number * A_PAGE])
        older = {"url": f"/removed/{number - 1}/", "label": "Earlier"} if number > 1 else None
        figures = [] if item else _figures()
        main = render_to_string(
            "publishing/removed.html",
            {"entries": _entries(rows[::-1]), "figures": figures, "older": older},
        )
        return shell.file(self.path(item), title="What we removed", main=main)


def _figures() -> list[dict[str, Any]]:
    public = Removal.objects.public(at=clock.now())
    counts = dict(public.order_by().values_list("what").annotate(n=Count("pk")))
    return [
        {"label": label, "value": counts[what]} for what, label in Removal.WHAT if what in counts
    ]


def _entries(rows: list[Removal]) -> list[dict[str, Any]]:
    ids = [row.subject.partition(":")[2] for row in rows]
    published = dict(Post.objects.filter(pk__in=ids).values_list("pk", "published_at"))
    return [
        {
            "id": row.pk,
            "url": row.address,
            "published_at": published.get(id_),
            "at": row.at,
            "what": row.get_what_display(),
            "reason": row.reason,
            "rule": row.rule,
        }
        for id_, row in zip(ids, rows, strict=True)
    ]

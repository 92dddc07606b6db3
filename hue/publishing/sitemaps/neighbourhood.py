"""A neighbourhood: its team, its priorities, what happened lately."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.template.loader import render_to_string
from django.templatetags.static import static

from hue.lib import clock
from hue.pages import shell
from hue.pages.sources import File, PageSource
from hue.people.models import LocalPolicingUnit, Neighbourhood, Officer, Priority
from hue.publishing.models import Post
from hue.publishing.sitemaps import heads, lines, notices
from hue.publishing.sitemaps.officer import members


class NeighbourhoodPages(PageSource):
    name = "publishing.neighbourhood"
    rank = 3
    folders = ("neighbourhoods", "units")

    def keys(self) -> Iterable[str]:
        return Neighbourhood.objects.values_list("slug", flat=True).iterator()

    def get(self, key: str) -> Neighbourhood | None:
        return Neighbourhood.objects.filter(slug=key).first()

    def gone(self, key: str) -> tuple[str, ...]:
        return (f"neighbourhoods/{key}.html", f"neighbourhoods/{key}/latest.html")

    def path(self, item: Neighbourhood) -> str:
        return f"neighbourhoods/{item.slug}.html"

    def files(self, item: Neighbourhood) -> Iterator[File]:
        html = lines.newest(Post.objects.filter(neighbourhood=item))
        main = render_to_string("publishing/neighbourhood.html", _context(item, html))
        base = f"/neighbourhoods/{item.slug}/"
        head = heads.feeds(base, item.name)
        yield shell.file(self.path(item), title=item.name, main=main, head=head)
        yield lines.latest(f"neighbourhoods/{item.slug}/latest.html", html)


class NeighbourhoodList(PageSource):
    name = "publishing.neighbourhoods"

    def keys(self) -> list[str]:
        return [""]

    def get(self, key: str) -> list[LocalPolicingUnit]:
        return list(LocalPolicingUnit.objects.prefetch_related("neighbourhoods").order_by("name"))

    def path(self, item: list[LocalPolicingUnit]) -> str:
        return "neighbourhoods.html"

    def files(self, item: list[LocalPolicingUnit]) -> Iterator[File]:
        units = [{"name": unit.name, "places": list(map(_link, unit.neighbourhoods.all()))}
                 for unit in item]  # fmt: skip
        main = render_to_string("publishing/neighbourhoods.html", {"units": units})
        yield shell.file("neighbourhoods.html", title="Your area", main=main)


def _link(place: Neighbourhood) -> dict[str, str]:
    return {"name": place.name, "url": f"/neighbourhoods/{place.slug}/"}


def _context(item: Neighbourhood, html: str) -> dict[str, Any]:
    base = f"/neighbourhoods/{item.slug}/"
    staff = list(Officer.objects.filter(team__neighbourhood=item, left_at=None))
    named = [officer for officer in staff if officer.public]
    at = clock.now()
    return {
        "neighbourhood": {
            "name": item.name,
            "slug": item.slug,
            "url": base,
            "topic": f"neighbourhood/{item.slug}",
            "rss": f"{base}feed.rss",
            "atom": f"{base}feed.atom",
            "json": f"{base}feed.json",
            "answered_text": item.how_to_ask,
        },
        "team": {
            "presence": "; ".join(team.presence for team in item.teams.exclude(presence="")),
            "members": members(named),
            "others": len(staff) - len(named),
        },
        "priorities": [
            {
                "asked": p.you_said,
                "doing": p.we_did,
                "reviewed_at": p.reviewed_at,
                "next_review": p.next_review,
                "due": p.next_review <= at,
            }
            for p in Priority.objects.open().filter(neighbourhood=item).order_by("pk")
        ],
        "notices": notices.coming(Post.objects.filter(neighbourhood=item), at=at),
        "lines_html": html,
        "older": {"url": f"/archive/place/{item.slug}/", "label": "Everything before"}
        if html
        else None,
        "page_updated": at,
        "assets": {"live": static("hue/live.js")},
    }

"""A neighbourhood: its team, its priorities, what happened lately. A unit: its neighbourhoods."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.template.loader import render_to_string
from django.templatetags.static import static

from hue.lib import clock
from hue.pages import shell
from hue.pages.sources import File, PageSource
from hue.people.models import LocalPolicingUnit, Neighbourhood, Officer, Priority
from hue.publishing import feeds
from hue.publishing.feeds import Scope
from hue.publishing.sitemaps import fronts, lines, notices
from hue.publishing.sitemaps.officer import members


class NeighbourhoodPages(PageSource):
    name = "publishing.neighbourhood"
    rank = 3
    folders = ("neighbourhoods", "oembed/neighbourhoods")

    def keys(self) -> Iterable[str]:
        return Neighbourhood.objects.values_list("slug", flat=True).iterator()

    def get(self, key: str) -> Neighbourhood | None:
        return Neighbourhood.objects.filter(slug=key).first()

    def gone(self, key: str) -> tuple[str, ...]:
        return gone(f"neighbourhoods/{key}")

    def path(self, item: Neighbourhood) -> str:
        return f"neighbourhoods/{item.slug}.html"

    def files(self, item: Neighbourhood) -> Iterator[File]:
        scope = feeds.of_neighbourhood(item)
        newest = lines.newest(scope.posts)
        told = _context(item, scope, lines.joined(newest))
        main = render_to_string("publishing/neighbourhood.html", told)
        yield shell.file(self.path(item), title=item.name, main=main, head=fronts.head(scope))
        yield from fronts.beside(scope, newest)


class UnitPages(PageSource):
    name = "publishing.unit"
    rank = 3
    folders = ("units", "oembed/units")

    def keys(self) -> Iterable[str]:
        return LocalPolicingUnit.objects.values_list("slug", flat=True).iterator()

    def get(self, key: str) -> LocalPolicingUnit | None:
        return LocalPolicingUnit.objects.filter(slug=key).first()

    def gone(self, key: str) -> tuple[str, ...]:
        return gone(f"units/{key}")

    def path(self, item: LocalPolicingUnit) -> str:
        return f"units/{item.slug}.html"

    def files(self, item: LocalPolicingUnit) -> Iterator[File]:
        scope = feeds.of_unit(item)
        newest = lines.newest(scope.posts)
        told = {
            "unit": {**fronts.addresses(scope), "name": item.name},
            "places": list(map(_link, item.neighbourhoods.all())),
            "lines_html": lines.joined(newest),
            "page_updated": clock.now(),
            "assets": {"live": static("hue/live.js")},
        }
        main = render_to_string("publishing/unit.html", told)
        yield shell.file(self.path(item), title=item.name, main=main, head=fronts.head(scope))
        yield from fronts.beside(scope, newest)


class NeighbourhoodList(PageSource):
    name = "publishing.neighbourhoods"

    def keys(self) -> list[str]:
        return [""]

    def get(self, key: str) -> list[LocalPolicingUnit]:
        return list(LocalPolicingUnit.objects.prefetch_related("neighbourhoods").order_by("name"))

    def path(self, item: list[LocalPolicingUnit]) -> str:
        return "neighbourhoods.html"

    def files(self, item: list[LocalPolicingUnit]) -> Iterator[File]:
        units = [
            {
                "name": unit.name,
                "url": f"/units/{unit.slug}/",
                "places": list(map(_link, unit.neighbourhoods.all())),
            }
            for unit in item
        ]
        main = render_to_string("publishing/neighbourhoods.html", {"units": units})
        yield shell.file("neighbourhoods.html", title="Your area", main=main)


def gone(page: str) -> tuple[str, ...]:
    """What stood there beside its feeds."""
    return (f"{page}.html", f"{page}/latest.html", f"{page}/embed.html", f"oembed/{page}.json")


def _link(place: Neighbourhood) -> dict[str, str]:
    return {"name": place.name, "url": f"/neighbourhoods/{place.slug}/"}


def _context(item: Neighbourhood, scope: Scope, html: str) -> dict[str, Any]:
    staff = list(Officer.objects.filter(team__neighbourhood=item, left_at=None))
    named = [officer for officer in staff if officer.public]
    at = clock.now()
    return {
        "neighbourhood": {
            **fronts.addresses(scope),
            "name": item.name,
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
        "notices": notices.coming(scope.posts, at=at),
        "lines_html": html,
        "older": {"url": f"/archive/place/{item.slug}/", "label": "Everything before"}
        if html
        else None,
        "page_updated": at,
        "assets": {"live": static("hue/live.js")},
    }

"""Officers who chose to be named, and their teams. Without that choice there is no page."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.text import slugify

from hue.lib import clock
from hue.media.models import Portrait
from hue.pages import shell
from hue.pages.sources import File, PageSource
from hue.people.models import Officer, OfficerQuerySet, Team
from hue.publishing import queries, render
from hue.publishing.models import Post, PostQuerySet
from hue.publishing.sitemaps import lines


class OfficerPages(PageSource):
    """The key is the officer's number; the sign-in name never shows."""

    name = "publishing.officer"
    folders = ("officers",)

    def keys(self) -> Iterable[str]:
        found = Officer.objects.named_in_public().values_list("pk", flat=True)
        return (str(pk) for pk in found.iterator())

    def get(self, key: str) -> Officer | None:
        return (
            Officer.objects.named_in_public()
            .select_related("team__neighbourhood")
            .filter(pk=key)
            .first()
        )

    def path(self, item: Officer) -> str:
        return f"officers/{slug_of(item)}.html"

    def gone(self, key: str) -> list[str]:
        """Under whatever name it stood."""
        found = settings.PUBLIC_ROOT.glob(f"officers/*-{int(key)}.html")
        return [f"officers/{file.name}" for file in found]

    def files(self, item: Officer) -> Iterator[File]:
        yield from _page(
            self.path(item),
            {"display_name": str(item), "picture": faces([item]).get(item.pk), **_about(item)},
            Post.objects.filter(author=item),
            teams=[{"name": item.team.name, "url": f"/teams/{item.team.slug}/"}]
            if item.team
            else [],
        )


class TeamPages(PageSource):
    name = "publishing.team"
    folders = ("teams",)

    def keys(self) -> Iterable[str]:
        named = Officer.objects.named_in_public().exclude(team=None)
        return named.values_list("team__slug", flat=True).distinct().iterator()

    def get(self, key: str) -> Team | None:
        team = Team.objects.filter(slug=key).first()
        return team if team and _named(team).exists() else None

    def path(self, item: Team) -> str:
        return f"teams/{item.slug}.html"

    def gone(self, key: str) -> tuple[str, ...]:
        return (f"teams/{key}.html",)

    def files(self, item: Team) -> Iterator[File]:
        place = item.neighbourhood
        yield from _page(
            self.path(item),
            {"display_name": item.name, "presence": item.presence, "role": place.name},
            Post.objects.filter(author__team=item),
            members=members(_named(item)),
            teams=[{"name": place.name, "url": f"/neighbourhoods/{place.slug}/"}],
        )


def slug_of(officer: Officer) -> str:
    return f"{slugify(officer.name) or 'officer'}-{officer.pk}"


def members(officers: Iterable[Officer]) -> list[dict[str, Any]]:
    """As a team or a neighbourhood lists them."""
    named = list(officers)
    shown = faces(named)
    return [
        {
            "display_name": officer.name,
            "role": officer.rank,
            "url": f"/officers/{slug_of(officer)}/",
            "picture": shown.get(officer.pk),
        }
        for officer in named
    ]


def faces(officers: list[Officer]) -> dict[int, dict[str, Any]]:
    """The pictures of those who chose to show one, by officer."""
    shown = Portrait.objects.public().filter(officer__in=officers).select_related("picture")
    return {portrait.officer_id: render.picture(portrait.picture) for portrait in shown}


def _named(team: Team) -> OfficerQuerySet:
    return Officer.objects.named_in_public().filter(team=team).order_by("name")


def _about(officer: Officer) -> dict[str, str]:
    return {
        "role": officer.team.name if officer.team else "",
        "collar_number": officer.collar_number,
        "about": officer.public_line,
        "presence": _presence(officer),
    }


def _presence(officer: Officer) -> str:
    """Never the team's hours: on one person's page they would be a shift pattern."""
    place = officer.neighbourhood
    heard = queries.heard_from(officer, at=clock.now())
    said = [
        f"usually active in {place.name}" if place else "",
        f"heard from {heard}" if heard else "",
    ]
    return ", ".join(filter(None, said))


def _page(path: str, who: dict[str, Any], posts: PostQuerySet, **also: Any) -> Iterator[File]:
    told = {"officer": who, "lines_html": lines.joined(lines.newest(posts)), **also}
    main = render_to_string("publishing/officer.html", told)
    yield shell.file(path, title=who["display_name"], main=main)

"""Pages that stand for long: how to check us, feeds, accessibility, and those for bad moments."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static

from hue.channels.queries import public_places
from hue.events.models import LiveEvent
from hue.fediverse import names
from hue.fediverse.models import Actor
from hue.lib import signing
from hue.pages import accessibility, index, shell
from hue.pages.sources import File, PageSource
from hue.people.models import LocalPolicingUnit, Neighbourhood
from hue.publishing.models import Post

Context = dict[str, Any]


class StandingPages(PageSource):
    """The key is "news" for the pages that repeat the last news, "rest" for the others."""

    name = "publishing.standing"
    rank = 6

    def keys(self) -> list[str]:
        return ["news", "rest"]

    def get(self, key: str) -> str:
        return key

    def path(self, item: str) -> str:
        return "404.html" if item == "news" else "is-this-us.html"

    def location(self, item: str) -> str:
        return "/" if item == "news" else "/is-this-us/"

    def files(self, item: str) -> Iterator[File]:
        context = {"force": shell.who()}
        pages = _WITH_NEWS if item == "news" else _REST
        news = {"latest": _latest()} if item == "news" else {}
        for path, (title, template, more) in pages.items():
            main = render_to_string(f"pages/{template}.html", {**context, **news, **more()})
            # Nobody is led to a page for bad moments.
            as_ = "/" if item == "news" else ""
            yield shell.file(path, title=title, main=main, as_=as_)
        if item == "rest":
            yield from _for_machines()


def _for_machines() -> Iterator[File]:
    yield File("signing-key.pem", signing.public_pem().encode())
    not_these = "Disallow: /desk/\nDisallow: /ask/"
    robots = f"User-agent: *\n{not_these}\nSitemap: {settings.HUE_SITE}/sitemap.xml\n"
    yield File("robots.txt", robots.encode())


def _latest() -> list[Context]:
    """The last good news: what was not taken back."""
    posts = Post.objects.filter(state="published", practice=False, thread=None)
    return [
        {"url": p.address, "at": p.published_at, "place": p.place, "text": p.text}
        for p in posts.select_related("neighbourhood").newest_first()[:3]
    ]


def _feeds() -> Context:
    bases = [(shell.who()["name"], "/")]
    bases += [(f"#{e.hashtag}", f"/events/{e.hashtag}/") for e in _recent_events()]
    bases += [(u.name, f"/units/{u.slug}/") for u in LocalPolicingUnit.objects.order_by("name")]
    bases += [(n.name, f"/neighbourhoods/{n.slug}/") for n in Neighbourhood.objects.all()]
    return {
        "feeds": [
            {"name": name, **{suffix: f"{base}feed.{suffix}" for suffix in ("rss", "atom", "json")}}
            for name, base in bases
        ]
    }


def _recent_events() -> Any:
    return LiveEvent.objects.exclude(state="cancelled").order_by("-starts_at")[:20]


def _is_this_us() -> Context:
    since = datetime.fromtimestamp(settings.HUE_SIGNING_KEY.stat().st_mtime, UTC)
    return {
        "key": {"fingerprint": index.fingerprint(), "since": since},
        "addresses": [
            {"name": settings.HUE_SITE, "url": f"{settings.HUE_SITE}/"},
            *_accounts(),
            *public_places(),
        ],
        "script": static("hue/is_this_us.js"),
    }


def _accounts() -> Iterator[Context]:
    for account in Actor.objects.open().exclude(kind="instance").order_by("kind", "name"):
        yield {"name": names.handle(account.name), "url": f"/actors/{account.name}/"}


def _accessibility() -> Context:
    return {"told": accessibility.results()}


_Page = tuple[str, str, Callable[[], Context]]
_WITH_NEWS: dict[str, _Page] = {
    "404.html": ("There is no page here", "not_found", dict),
    "offline.html": ("You are offline", "offline", dict),
    "trouble.html": ("We are having trouble", "trouble", dict),
}
_REST: dict[str, _Page] = {
    "is-this-us.html": ("Is this really us?", "is_this_us", _is_this_us),
    "feeds.html": ("Feeds", "feeds", _feeds),
    "accessibility.html": ("Accessibility statement", "accessibility", _accessibility),
}

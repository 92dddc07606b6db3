"""What belongs to the page of the force, a unit, a neighbourhood or an event: its newest lines as a
fragment, the live widget for other people's pages, and how it looks where it is shared."""

import html
import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static

from hue.fediverse import names
from hue.fediverse import queries as fediverse
from hue.lib import clock
from hue.pages import files, shell
from hue.pages.sources import File
from hue.publishing import cards
from hue.publishing.feeds import Scope
from hue.publishing.sitemaps import lines

IN_THE_WIDGET = 5
WIDTH, HEIGHT = 480, 600
FEEDS = [
    ("rss", "application/rss+xml"),
    ("atom", "application/atom+xml"),
    ("json", "application/feed+json"),
]


def addresses(scope: Scope) -> dict[str, Any]:
    """For follow.html, and for the scripts of its page."""
    return {
        "account": _account(scope.key),
        "url": scope.base,
        "topic": scope.topic,
        **{suffix: f"{scope.base}feed.{suffix}" for suffix, _ in FEEDS},
        "embed_code": _frame(scope),
    }


@lru_cache(maxsize=2000)
def _account(page: str) -> dict[str, str] | None:
    """Where that page's voice is followed from any server of the fediverse."""
    account = fediverse.speaks_on(page)
    if account is None:
        return None
    # In full: Mastodon compares it with the account's own address, letter by letter.
    return {"handle": names.handle(account.name), "url": names.actor(account.name)}


shell.forgets(_account.cache_clear)


def beside(
    scope: Scope, newest: list[str], *, lines_html: str = "", live: bool = False
) -> Iterator[File]:
    """The files that are written with its page; `lines_html`: as it stands there, with headings."""
    folder = scope.base.lstrip("/")
    yield lines.latest(f"{folder}latest.html", lines_html or lines.joined(newest))
    yield File(f"{folder}embed.html", _widget(scope, newest[:IN_THE_WIDGET], live))
    yield File(f"oembed/{scope.key}.json", _oembed(scope))
    yield from _card(scope)


def head(scope: Scope) -> str:
    """Lines for the head of a page."""
    full, title = settings.HUE_SITE + scope.base, html.escape(scope.title)
    shown = [
        ("og:type", "website"),
        ("og:url", full),
        ("og:title", scope.title),
        ("og:description", scope.says),
        *image(cards.digest(_on_card(scope)), scope.says),
    ]
    return "\n    ".join(
        [
            metas(shown),
            '<link rel="alternate" type="application/json+oembed" '
            f'href="{settings.HUE_SITE}/oembed/{scope.key}.json">',
            *(
                f'<link rel="alternate" type="{kind}" title="{title}" '
                f'href="{scope.base}feed.{suffix}">'
                for suffix, kind in FEEDS
            ),
        ]
    )


def metas(told: list[tuple[str, str]]) -> str:
    return "\n    ".join(f'<meta property="{n}" content="{html.escape(v)}">' for n, v in told)


def image(card: str, says: str) -> list[tuple[str, str]]:
    """The card of a page or a post; `says` is read to those who cannot see it."""
    return [
        ("og:image", f"{settings.HUE_SITE}/{cards.path_of(card)}"),
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
        ("og:image:alt", says[:300]),
        ("twitter:card", "summary_large_image"),
    ]


def _on_card(scope: Scope) -> dict[str, str]:
    return cards.facts_of_page(scope, shell.who())


def _card(scope: Scope) -> Iterator[File]:
    """Drawn once: the name is made of what stands on it."""
    told = _on_card(scope)
    path = cards.path_of(cards.digest(told))
    if not files.within_root(path).exists():
        yield File(path, cards.png(told))


def _widget(scope: Scope, newest: list[str], live: bool) -> bytes:
    told: dict[str, Any] = {
        "page": {**addresses(scope), "title": scope.title},
        "live": live,
        "lines_html": lines.joined(newest),
        "force": shell.who(),
        "zone": settings.TIME_ZONE,
        "page_updated": clock.now(),
        "assets": {"live": static("hue/live.js"), "css": static("hue/site.css")},
    }
    return render_to_string("publishing/embed.html", told).encode()


def _frame(scope: Scope) -> str:
    """The HTML that puts the widget on somebody else's page."""
    full = f"{settings.HUE_SITE}{scope.base}embed/"
    who = shell.who()["name"]
    title = who if scope.key == "force" else f"{scope.title}, {who}"
    size = f'width="{WIDTH}" height="{HEIGHT}"'
    return f'<iframe src="{full}" title="{html.escape(title)}" {size}></iframe>'


def _oembed(scope: Scope) -> bytes:
    told = {
        "version": "1.0",
        "type": "rich",
        "title": scope.title,
        "provider_name": shell.who()["name"],
        "provider_url": settings.HUE_SITE,
        "html": _frame(scope),
        "width": WIDTH,
        "height": HEIGHT,
    }
    return json.dumps(told, ensure_ascii=False).encode()

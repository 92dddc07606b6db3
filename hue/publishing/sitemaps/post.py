"""The permanent page of a post, and what other sites ask for to embed it."""

import html
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef

from hue.incidents.kinds import OUTCOMES
from hue.incidents.models import Incident
from hue.lib import signing
from hue.lib.html import to_html
from hue.pages import embedding, index, shell
from hue.pages.index import canonical
from hue.pages.sources import File, PageSource
from hue.publishing.models import Post, PostQuerySet
from hue.publishing.sitemaps import fronts
from hue.publishing.states import GONE

_VALUES = """id heading line_html url full_url embed_code context_url context_name signature key
    index_url iso when outcome"""
_MARKS = {name: shell.mark(name) for name in _VALUES.split()}


class Row(NamedTuple):
    """What a post's page is made of: read as columns, many at a time."""

    id: str
    line: str  # of the whole thread
    text: str
    state: str
    root_state: str | None
    published_at: datetime
    version: int
    place: str | None
    place_slug: str | None
    hashtag: str | None
    card: str
    due_at: datetime | None
    settled_at: datetime | None
    tells_outcome: bool
    outcome_words: str | None
    outcome_code: str | None
    outcome_at: datetime | None
    root_line: str | None

    @property
    def withdrawn(self) -> bool:
        """Itself, or the post that it followed up."""
        return not GONE.keys().isdisjoint({self.state, self.root_state})

    @property
    def address(self) -> str:
        return f"/posts/{self.id}/"

    @property
    def heading(self) -> str:
        return f"{self.place or 'The force'}, {_when(self.published_at)}"


class PostPages(PageSource):
    name = "publishing.post"
    rank = 1
    in_sitemap = False  # its own, in `chunks`
    folders = ("posts", "oembed/posts")

    def keys(self) -> Iterable[str]:
        return Post.objects.public().values_list("pk", flat=True).iterator(5000)

    def get(self, key: str) -> Row | None:
        return next(rows(Post.objects.filter(pk=key)), None)

    def many(self, keys: list[str]) -> Iterator[tuple[str, Row | None]]:
        found = {row.id: row for row in rows(Post.objects.filter(pk__in=keys))}
        return ((key, found.get(key)) for key in keys)

    def path(self, item: Row) -> str:
        return f"posts/{item.id}.html"

    def gone(self, key: str) -> tuple[str, ...]:
        return (f"posts/{key}.html", f"oembed/posts/{key}.json")

    def files(self, item: Row) -> Iterator[File]:
        signed, heading = _signed(item), item.heading
        quoted = _quotation(item, heading)
        yield shell.file(
            self.path(item),
            title=heading,
            main=_main(item, heading, quoted, signed["signature"]),
            description="" if item.withdrawn else item.text[:160],
            head=_head(item, heading),
        )
        yield File(f"oembed/posts/{item.id}.json", embedding.told(heading, quoted, signed))


def rows(posts: PostQuerySet) -> Iterator[Row]:
    told = Incident.objects.telling_outcome().filter(pk=OuterRef("incident"))
    found = posts.public().annotate(tells_outcome=Exists(told)).values_list(
        "id", "html", "text", "state", "thread__state", "published_at", "version",
        "neighbourhood__name", "neighbourhood__slug", "event__hashtag", "card",
        "owed__due_at", "owed__settled_at",
        "tells_outcome", "incident__outcome_words", "incident__outcome_code",
        "incident__outcome_at", "thread__html",
    )  # fmt: skip
    return map(Row._make, found)


def _main(row: Row, heading: str, quoted: str, signature: str) -> str:
    outcome = row.tells_outcome and not row.withdrawn
    owed = not outcome and row.due_at is not None and row.settled_at is None
    at = row.outcome_at if outcome else row.due_at
    values = {
        "id": row.id,
        "heading": html.escape(heading),
        "line_html": row.root_line if row.root_line is not None else row.line,
        "url": row.address,
        "full_url": settings.HUE_SITE + row.address,
        "embed_code": html.escape(quoted),
        "context_url": f"/events/{row.hashtag}/" if row.hashtag else _place_url(row),
        "context_name": html.escape(row.hashtag or row.place or "The force"),
        "signature": signature,
        "key": index.fingerprint(),
        "index_url": "/index.json",
        "iso": at.isoformat() if at else "",
        "when": _when(at) if at else "",
        "outcome": _outcome(row) if outcome else "",
    }
    return shell.join(_pieces(row.withdrawn, bool(row.hashtag), outcome, owed), values)


@lru_cache(maxsize=16)
def _pieces(withdrawn: bool, event: bool, outcome: bool, owed: bool) -> list[str]:
    at = {"iso": _MARKS["iso"], "when": _MARKS["when"], "day": _MARKS["when"]}
    context = {"url": _MARKS["context_url"], "name": _MARKS["context_name"]}
    post = {
        **_MARKS,
        "withdrawn": withdrawn,
        "event": {**context, "hashtag": context["name"]} if event else None,
        "place": context,
    }
    told: dict[str, Any] = {
        "post": post,
        "heading": _MARKS["heading"],
        "line_html": _MARKS["line_html"],
        "owed": at if owed else None,
        "outcome": {**at, "html": _MARKS["outcome"]} if outcome else None,
        "signature": {
            "value": _MARKS["signature"],
            "key": _MARKS["key"],
            "index_url": _MARKS["index_url"],
        },
        "force": shell.who(),
    }
    return shell.split("publishing/post.html", told)


shell.forgets(_pieces.cache_clear)


def _signed(row: Row) -> dict[str, str]:
    """What the force vouches for: these words, at this address, in this version."""
    told = canonical(
        {
            "address": settings.HUE_SITE + row.address,
            "published": row.published_at.isoformat(),
            "version": row.version,
            "state": "withdrawn" if row.withdrawn else "published",
            "text": "" if row.withdrawn else row.text,
        }
    )
    return {"signed": told.decode(), "signature": signing.sign(told)}


def _head(row: Row, heading: str) -> str:
    full = settings.HUE_SITE + row.address
    tags = [
        ("og:type", "article"),
        ("og:url", full),
        ("og:title", heading),
        ("article:published_time", row.published_at.isoformat()),
    ]
    if not row.withdrawn:
        tags.append(("og:description", row.text[:200]))
    if row.card and not row.withdrawn:
        tags += fronts.image(row.card, row.text)
    return (
        f'{fronts.metas(tags)}\n    <link rel="alternate" type="application/json+oembed" '
        f'href="{settings.HUE_SITE}/oembed/posts/{row.id}.json">'
    )


def _quotation(row: Row, heading: str) -> str:
    words = "This post is not shown." if row.withdrawn else to_html(row.text)
    return embedding.quotation(settings.HUE_SITE + row.address, words, heading)


def _outcome(row: Row) -> str:
    return to_html(row.outcome_words or OUTCOMES.get(row.outcome_code or "", "It is over."))


def _place_url(row: Row) -> str:
    return f"/neighbourhoods/{row.place_slug}/" if row.place_slug else "/"


def _when(at: datetime) -> str:
    """As Django's "l j F Y, H:i", at a tenth of its cost: a rebuild asks for it a lot."""
    local = at.astimezone(_zone())
    return f"{_day(local.date())}, {local.hour:02}:{local.minute:02}"


@lru_cache(maxsize=64)
def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


@lru_cache(maxsize=1)
def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)

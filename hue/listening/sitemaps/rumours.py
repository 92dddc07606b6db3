"""“Is it true?”: a page for each claim in public, the lists, the feeds, what machines read."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static

from hue.lib import clock, signing
from hue.lib.html import to_html
from hue.listening import register
from hue.listening.models import Rumour, Verdict
from hue.listening.queries import asked
from hue.listening.queries import rumours as queries
from hue.pages import embedding, index, shell
from hue.pages.sources import File, PageSource
from hue.publishing import formats
from hue.publishing.sitemaps import fronts

IN_A_FEED = 50
IN_THE_INDEX = 500  # the newest; the form looks through all
NOT_ANSWERED = frozenset({"unverified", "independent"})
# What a reader of ClaimReview shows: 1 is false, 5 is true; what has no verdict has no review.
RATINGS = {"false": (1, "False"), "partly": (3, "Partly true"), "true": (5, "True")}


class RumourPages(PageSource):
    name = "listening.rumour"
    rank = 1
    folders = ("rumours", "oembed/rumours")

    def keys(self) -> Iterable[str]:
        return Rumour.objects.public().values_list("pk", flat=True).iterator()

    def get(self, key: str) -> Rumour | None:
        found = Rumour.objects.public().select_related("into", "checked_by")
        return found.filter(pk=key).first()

    def path(self, item: Rumour) -> str:
        return f"rumours/{item.pk}.html"

    def gone(self, key: str) -> tuple[str, ...]:
        return (f"rumours/{key}.html", f"oembed/rumours/{key}.json")

    def files(self, item: Rumour) -> Iterator[File]:
        told = register.lead(item.state, item.answer)
        signed = _signed(item, told)
        quoted = embedding.quotation(settings.HUE_SITE + item.address, to_html(told), item.question)
        context = {
            **_page(item),
            "lead": told,
            "embed_code": quoted,
            "signature": {
                "value": signed["signature"],
                "key": index.fingerprint(),
                "index_url": "/index.json",
            },
        }
        yield shell.file(
            self.path(item),
            title=item.question,
            main=render_to_string("listening/public_rumour.html", context),
            description=told[:160],
            head=_head(item, told),
            as_=item.into.address if item.into else "",
        )
        yield File(f"oembed/rumours/{item.pk}.json", embedding.told(item.question, quoted, signed))


class RumourLists(PageSource):
    """The list, the changed answers, the feeds."""

    name = "listening.rumours"
    rank = 2
    suffixes = ()  # the pages of the claims keep the folder

    def keys(self) -> list[str]:
        return [""]

    def get(self, key: str) -> str:
        return key

    def path(self, item: str) -> str:
        return "rumours.html"

    def files(self, item: str) -> Iterator[File]:
        shown = list(Rumour.objects.listed().order_by("-checked_at", "-shown_at"))
        waiting = [one for one in shown if one.state in NOT_ANSWERED]
        context = {
            "open": list(map(_line, waiting)),
            "answered": [_line(one) for one in shown if one not in waiting],
            "script": static("listening/rumours.js"),
        }
        main = render_to_string("listening/public_rumours.html", context)
        yield shell.file("rumours.html", title="Is it true?", main=main, head=_feeds_in_head())
        yield File("rumours/index.json", _index(shown[:IN_THE_INDEX]))
        changed = render_to_string("listening/public_changed.html", {"changes": _changes()})
        yield shell.file("rumours/changed.html", title="Answers that changed", main=changed)
        feed = _feed(shown[:IN_A_FEED])
        for suffix, write in formats.WRITERS.items():
            path = f"rumours/feed.{suffix}"
            yield File(path, write(feed, f"{settings.HUE_SITE}/{path}"))


def _index(shown: list[Rumour]) -> bytes:
    """For the search in the browser: the words that count, and where they lead."""
    told = [
        {
            "u": one.address,
            "q": one.question,
            "l": register.lead(one.state, one.answer)[:200],
            "w": [" ".join(asked.tokens(text)) for text in (one.claim, one.question)],
        }
        for one in shown
    ]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _line(item: Rumour) -> dict[str, Any]:
    return {"rumour": item, "lead": register.lead(item.state, item.answer)}


def _page(item: Rumour) -> dict[str, Any]:
    at = clock.now()
    last = item.verdicts.filter(state="replaced").order_by("replaced_at").last()
    return {
        "rumour": item,
        "merged": item.into,
        "reopened": last.changed_because if last and item.state == "unverified" else "",
        "overdue": item.next_check_at <= at,
        "rebuttals": [one.post for one in queries.public_rebuttals(item)],
        "doubted": item.challenges.exclude(state="open").order_by("-decided_at"),
        "older": [_older(one) for one in queries.older_answers(item)],
        "full_url": settings.HUE_SITE + item.address,
        "force": shell.who(),
    }


def _older(one: Verdict) -> dict[str, Any]:
    told = register.lead(one.verdict, one.answer)
    return {"lead": told, "until": one.replaced_at, "because": one.changed_because}


def _changes() -> list[dict[str, Any]]:
    return [
        {
            "rumour": rumour,
            "before": register.lead(verdict.verdict, verdict.answer),
            "now": register.lead(rumour.state, rumour.answer),
            "at": verdict.replaced_at,
            "because": verdict.changed_because,
        }
        for verdict, rumour in queries.changed_answers()
    ]


def _signed(item: Rumour, told: str) -> dict[str, str]:
    """What the force vouches for: this answer to this claim, in this version."""
    said = index.canonical(
        {
            "address": settings.HUE_SITE + item.address,
            "question": item.question,
            "claim": item.claim,
            "answer": told,
            "state": item.state,
            "version": item.version,
            "checked": item.checked_at.isoformat() if item.checked_at else "",
        }
    )
    return {"signed": said.decode(), "signature": signing.sign(said)}


def _head(item: Rumour, told: str) -> str:
    full = settings.HUE_SITE + item.address
    shown = [
        ("og:type", "article"),
        ("og:url", full),
        ("og:title", item.question),
        ("og:description", told[:200]),
    ]
    parts = [
        fronts.metas(shown),
        '<link rel="alternate" type="application/json+oembed" '
        f'href="{settings.HUE_SITE}/oembed/rumours/{item.pk}.json">',
    ]
    if item.state in RATINGS and item.checked_at:
        review = json.dumps(_review(item, told, item.checked_at), ensure_ascii=False)
        # In a script "</" would end it.
        safe = review.replace("<", "\\u003c")
        parts.append(f'<script type="application/ld+json">{safe}</script>')
    return "\n    ".join(parts)


def _review(item: Rumour, told: str, checked: datetime) -> dict[str, Any]:
    value, words = RATINGS[item.state]
    who = {"@type": "Organization", "name": str(shell.who()["name"]), "url": settings.HUE_SITE}
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": settings.HUE_SITE + item.address,
        "datePublished": checked.date().isoformat(),
        "claimReviewed": item.claim,
        "reviewBody": told,
        "author": who,
        "itemReviewed": {"@type": "Claim", "datePublished": item.first_seen_at.date().isoformat()},
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": value,
            "bestRating": 5,
            "worstRating": 1,
            "alternateName": words,
        },
    }


def _feed(shown: list[Rumour]) -> formats.Feed:
    entries = [_entry(one) for one in shown]
    return formats.Feed(
        title="Is it true?",
        says="What people say, and what we found when we looked.",
        base="/rumours/",
        address=f"{settings.HUE_SITE}/rumours/",
        author=shell.who()["name"],
        updated=max((entry.updated for entry in entries), default=clock.now()),
        entries=entries,
    )


def _entry(item: Rumour) -> formats.Entry:
    assert item.shown_at is not None
    told = register.lead(item.state, item.answer)
    return formats.Entry(
        id=item.pk,
        address=settings.HUE_SITE + item.address,
        title=item.question,
        html=f"<p>{to_html(told)}</p>",
        author=str(shell.who()["name"]),
        published=item.shown_at,
        updated=max(item.shown_at, item.checked_at or item.shown_at),
        withdrawn=False,
        picture="",
    )


def _feeds_in_head() -> str:
    return "\n    ".join(
        f'<link rel="alternate" type="{kind}" title="Is it true?" href="/rumours/feed.{suffix}">'
        for suffix, kind in fronts.FEEDS
    )

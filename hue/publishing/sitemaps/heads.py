"""Lines for the head of a page: the feeds that belong to it, how it looks when shared."""

import html

from django.conf import settings

from hue.events.models import LiveEvent

KINDS = [
    ("rss", "application/rss+xml"),
    ("atom", "application/atom+xml"),
    ("json", "application/feed+json"),
]


def feeds(base: str, title: str) -> str:
    """`base`: "/events/day24/" """
    return "\n    ".join(
        f'<link rel="alternate" type="{kind}" title="{html.escape(title)}" '
        f'href="{base}feed.{suffix}">'
        for suffix, kind in KINDS
    )


def of_event(event: LiveEvent) -> str:
    base = f"/events/{event.hashtag}/"
    full = settings.HUE_SITE + base
    told = [
        ("og:type", "website"),
        ("og:url", full),
        ("og:title", f"#{event.hashtag}"),
        ("og:description", event.purpose),
    ]
    metas = "\n    ".join(f'<meta property="{n}" content="{html.escape(v)}">' for n, v in told)
    found = (
        '<link rel="alternate" type="application/json+oembed" '
        f'href="{settings.HUE_SITE}/oembed/events/{event.hashtag}.json">'
    )
    return f"{metas}\n    {found}\n    {feeds(base, f'#{event.hashtag}')}"

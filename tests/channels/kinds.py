"""Every network with its stand-in: what the one contract suite runs over."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.channels import bluesky, flickr, mastodon, meta, telegram, webhook, x
from tests.channels.stub import Says, Stub


@dataclass(frozen=True)
class Kind:
    slug: str
    stub: Callable[[], Stub]
    secrets: dict[str, str]
    path: str = ""
    handle: str = "@testpolice"
    limited: Says = field(default_factory=lambda: Says(429, {}, {"Retry-After": "90"}))


KINDS = [
    Kind(
        "mastodon",
        mastodon.MastodonStub,
        {"token": mastodon.TOKEN},
        # https://docs.joinmastodon.org/api/rate-limits/
        limited=Says(
            429, {"error": "Too many requests"}, {"X-RateLimit-Reset": "2099-01-01T00:00:00.000Z"}
        ),
    ),
    Kind(
        "bluesky",
        bluesky.BlueskyStub,
        {"handle": "testpolice", "password": bluesky.PASSWORD},
        # https://docs.bsky.app/docs/advanced-guides/rate-limits
        limited=Says(429, {"error": "RateLimitExceeded"}, {"ratelimit-reset": "4070908800"}),
    ),
    Kind(
        "x",
        x.XStub,
        x.KEYS,
        # https://docs.x.com/x-api/fundamentals/rate-limits
        limited=Says(429, {"title": "Too Many Requests"}, {"x-rate-limit-reset": "4070908800"}),
    ),
    Kind(
        "telegram",
        telegram.TelegramStub,
        {"token": telegram.TOKEN},
        limited=Says(
            429,
            {
                "ok": False,
                "error_code": 429,
                "description": "Too Many Requests: retry after 90",
                "parameters": {"retry_after": 90},
            },
        ),
    ),
    Kind("flickr", flickr.FlickrStub, x.KEYS),
    Kind("facebook", meta.FacebookStub, {"page": "77", "token": meta.TOKEN}, limited=meta.LIMITED),
    Kind("instagram", meta.InstagramStub, {"token": meta.TOKEN}, limited=meta.LIMITED),
    Kind("threads", meta.ThreadsStub, {"token": meta.TOKEN}, limited=meta.LIMITED),
    Kind("webhook", webhook.WebhookStub, {}, path="/hook"),
]


def texts(stub: Stub) -> list[str]:
    """What stands there now, oldest first."""
    return [str(one["text"]) for one in stub.posts.values()]


def fields(stub: Stub) -> list[Any]:
    return list(stub.posts.values())

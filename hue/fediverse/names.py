"""Addresses of what we publish on the fediverse. They are names for ever: never change one."""

import re
from urllib.parse import urlsplit

from django.conf import settings

# As Mastodon reads a mention; no hyphen or dot, which some take for the end of it.
NAME = re.compile(r"[a-z][a-z0-9_]{1,29}")
INSTANCE = "instance"  # the account that signs when we only look something up
SHARED_INBOX = "/inbox"
KINDS = ("application/activity+json", "application/ld+json")
SUFFIX = ".activity.json"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"


def host() -> str:
    """What stands behind the second @."""
    return urlsplit(settings.HUE_SITE).netloc


def handle(name: str) -> str:
    return f"@{name}@{host()}"


def actor(name: str) -> str:
    """Its id, and for people the address of its page."""
    return f"{settings.HUE_SITE}/actors/{name}/"


def key(name: str) -> str:
    return f"{actor(name)}#main-key"


def inbox(name: str) -> str:
    return f"{settings.HUE_SITE}/actors/{name}/inbox"


def shared_inbox() -> str:
    return f"{settings.HUE_SITE}{SHARED_INBOX}"


def outbox(name: str) -> str:
    return f"{actor(name)}outbox/"


def outbox_page(name: str, number: int) -> str:
    return f"{outbox(name)}{number}/"


def following(name: str) -> str:
    return f"{actor(name)}following/"


def followers(name: str) -> str:
    return f"{actor(name)}followers/"


def note(post: str, shown: int = 1) -> str:
    """Its id is the address of the post's page. What came back after a Delete needs another:
    servers remember what they were told to delete, and refuse its id for ever."""
    again = f"?shown={shown}" if shown > 1 else ""
    return f"{settings.HUE_SITE}/posts/{post}/{again}"


def activity(of: str) -> str:
    return f"{settings.HUE_SITE}/activities/{of}"


def stamp(quote: str) -> str:
    """Nobody but servers asks for it: the address is that of the file."""
    return f"{settings.HUE_SITE}/stamps/{quote}{SUFFIX}"


def actor_of(uri: str) -> str | None:
    """The name of an account of ours, of its address."""
    found = re.fullmatch(re.escape(f"{settings.HUE_SITE}/actors/") + r"([a-z0-9_]{1,60})/?", uri)
    return found[1] if found else None


def note_of(uri: str) -> str | None:
    page = re.escape(f"{settings.HUE_SITE}/posts/") + r"([0-9a-z]{10})/?(?:\?shown=\d+)?"
    found = re.fullmatch(page, uri)
    return found[1] if found else None

"""The public pages that are made of posts."""

from hue.publishing.sitemaps import (
    alerts,
    archive,
    chunks,
    event,
    feeds,
    home,
    neighbourhood,
    officer,
    pictures,
    post,
    removed,
    standing,
)

__all__ = [
    "alerts",
    "archive",
    "chunks",
    "event",
    "feeds",
    "home",
    "neighbourhood",
    "officer",
    "pictures",
    "post",
    "removed",
    "standing",
]

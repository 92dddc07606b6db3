"""The public pages that are made of posts."""

from hue.publishing.sitemaps import (
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

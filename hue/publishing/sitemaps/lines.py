"""Lines as they stand on every page: joined from what was rendered when each row changed."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from django.template.loader import render_to_string

from hue.lib import clock
from hue.pages import shell
from hue.pages.sources import File
from hue.publishing.announce import hour_of
from hue.publishing.models import PostQuerySet

ON_A_PAGE = 30


def newest(posts: PostQuerySet) -> list[str]:
    """The newest threads of `posts`, each as HTML; one query, one column."""
    roots = posts.public().filter(thread=None).newest_first()
    return list(roots.values_list("html", flat=True)[:ON_A_PAGE])


def joined(told: Iterable[str]) -> str:
    return "\n".join(told)


def by_hour(rows: Iterable[tuple[datetime, str]]) -> str:
    """Lines with a heading wherever the hour changes."""
    parts, last = [], None
    for at, html in rows:
        hour = hour_of(at)
        if hour != last:
            parts.append(_heading(hour))
        parts.append(html)
        last = hour
    return joined(parts)


def latest(path: str, html: str) -> File:
    """The fragment that open pages ask for where no stream reaches them."""
    values = {"built": clock.stamp(clock.now()), "lines": html}
    return File(path, shell.join(_fragment(), values).encode())


@lru_cache(maxsize=64)
def _heading(hour: datetime) -> str:
    return render_to_string("publishing/hour.html", {"at": hour})


@lru_cache(maxsize=1)
def _fragment() -> list[str]:
    # The template formats a time; ours is put in as text.
    return shell.split(
        "publishing/latest.html", {"built": shell.mark("built"), "lines_html": shell.mark("lines")}
    )

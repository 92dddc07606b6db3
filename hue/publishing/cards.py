"""The pictures that other sites show beside a link: a post's words, or what a page is about, on the
force's colours."""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from hue.pages import shell
from hue.publishing.feeds import Scope
from hue.publishing.models import Post
from hue.publishing.states import GONE

DESIGN = 1  # raised when the design changes: it is part of every card's name
LONGEST = 280
FONTS = Path(shell.__file__).parent / "fonts"
_HERE = Path(__file__).parent
_SOURCE = _HERE / "card.typ"


def digest_of(post: Post) -> str:
    """The card's name: the same words, place and day give the same card. Without words, none."""
    if post.state != "published" or post.practice or post.root.state in GONE:
        return ""
    return digest(facts(post))


def digest(told: Mapping[str, str]) -> str:
    content = json.dumps([DESIGN, told], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:32]


def path_of(digest: str) -> str:
    return f"cards/{digest}.png"


def png(told: Mapping[str, str]) -> bytes:
    """1,200 by 630 pixels."""
    fonts: Any = [str(FONTS)]
    import typst  # here: large, and most processes never draw

    drawn: bytes = typst.compile(
        _source(), format="png", ppi=72.0, font_paths=fonts, sys_inputs=dict(told)
    )
    return drawn


def facts(post: Post) -> dict[str, str]:
    """What stands on it."""
    assert post.published_at is not None
    day = date_format(timezone.localtime(post.published_at), "l j F Y")
    return {**_frame(shell.who(), post.text), "place": post.place, "day": day}


def facts_of_page(scope: Scope, who: Mapping[str, Any]) -> dict[str, str]:
    """The same for the page of the force, a unit, a neighbourhood, an event."""
    address = settings.HUE_SITE.partition("://")[2] + scope.base.rstrip("/")
    title = "" if scope.key == "force" else scope.title
    return {**_frame(who, scope.says), "place": title, "day": address}


def _frame(who: Mapping[str, Any], words: str) -> dict[str, str]:
    colours = {"ink": "#0b1f3a", "lamp": "#1f5fbf", **who["colours"]}
    return {
        "force": who["name"],
        "words": words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…",
        "ink": colours["ink"],
        "lamp": colours["lamp"],
        "note": "Demonstration" if who["demo"] else "",
    }


@cache
def _source() -> bytes:
    return _SOURCE.read_bytes()

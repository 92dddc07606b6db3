"""The pictures that other sites show beside a link to a post: its words on the force's colours."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from hue.pages import shell
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
    told = json.dumps([DESIGN, facts(post)], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def path_of(digest: str) -> str:
    return f"cards/{digest}.png"


def png(post: Post) -> bytes:
    """1,200 by 630 pixels."""
    fonts: Any = [str(FONTS)]
    import typst  # here: large, and most processes never draw

    drawn: bytes = typst.compile(
        _source(), format="png", ppi=72.0, font_paths=fonts, sys_inputs=facts(post)
    )
    return drawn


def facts(post: Post) -> dict[str, str]:
    """What stands on it."""
    who = shell.identity()
    words = post.text if len(post.text) <= LONGEST else f"{post.text[: LONGEST - 1].rstrip()}…"
    colours = {"ink": "#0b1f3a", "lamp": "#1f5fbf", **who["colours"]}
    assert post.published_at is not None
    return {
        "force": who["name"],
        "place": post.place,
        "day": date_format(timezone.localtime(post.published_at), "l j F Y"),
        "words": words,
        "ink": colours["ink"],
        "lamp": colours["lamp"],
        "note": "Demonstration" if who["demo"] else "",
    }


@cache
def _source() -> bytes:
    return _SOURCE.read_bytes()

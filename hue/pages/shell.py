"""What stands around every public page: rendered once, joined with each page's own part."""

import html
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format

from hue.lib import clock
from hue.pages.sources import File, address_of

PARTS = ("title", "description", "head", "path", "updated", "main")
_MARK = "\x00{}\x00"  # so that every second piece of a split text is a part's name
# Who we are, for the shell: set at start by the room that knows (`people`).
identity: Callable[[], Mapping[str, Any]] = dict
_forgotten: list[Callable[[], None]] = []
_known = 0


def page(*, path: str, title: str, main: str, description: str = "", head: str = "") -> bytes:
    """A whole public page. `head` and `main` are HTML; the rest is text."""
    values = {
        "title": html.escape(title),
        "description": html.escape(description or title),
        "head": head,
        "main": main,
        "path": html.escape(path),
        "updated": _now(),
    }
    return join(_pieces(), values).encode()


def file(
    path: str, *, title: str, main: str, description: str = "", head: str = "", as_: str = ""
) -> File:
    """The same as a file below the public root; `as_`: its canonical address."""
    address = as_ or address_of(path)
    content = page(path=address, title=title, main=main, description=description, head=head)
    return File(path, content)


def forget() -> None:
    """After the force's name, colours or crest changed: here, and in every other process."""
    _clear()
    _told().parent.mkdir(parents=True, exist_ok=True)
    _told().touch()


def catch_up() -> None:
    """Before a page is written: another process may have been told of a new look."""
    global _known
    try:
        changed = _told().stat().st_mtime_ns
    except FileNotFoundError:
        return
    if changed != _known:
        _known = changed
        _clear()


def _clear() -> None:
    for clear in (_pieces.cache_clear, who.cache_clear, *_forgotten):
        clear()


def _told() -> Path:
    return Path(settings.HUE_DATA) / "look"


def forgets(clear: Callable[[], None]) -> None:
    """Have `clear` called too: for what was rendered once from the same facts."""
    _forgotten.append(clear)


def split(template: str, context: Mapping[str, Any]) -> list[str]:
    """A template rendered once, in pieces: `join` puts values where `mark`s stood."""
    return render_to_string(template, dict(context)).split("\x00")


def mark(part: str) -> str:
    """What stands in a split template where `part` will be."""
    return _MARK.format(part)


def join(pieces: list[str], values: Mapping[str, str]) -> str:
    return "".join([values[piece] if i & 1 else piece for i, piece in enumerate(pieces)])


@lru_cache(maxsize=1)
def who() -> Mapping[str, Any]:
    """The identity as it was when it was last forgotten: every page asks for it several times."""
    return identity()


@lru_cache(maxsize=1)
def _pieces() -> list[str]:
    marks = {part: mark(part) for part in PARTS}
    assets = {"css": static("hue/site.css")}
    context = {**marks, "force": who(), "zone": settings.TIME_ZONE, "assets": assets}
    return split("pages/shell.html", context)


def _now() -> str:
    at = clock.now()
    return _time(at.replace(second=0, microsecond=0))


@lru_cache(maxsize=4)
def _time(at: Any) -> str:
    shown = date_format(timezone.localtime(at), "j F Y, H:i")
    return f'<time datetime="{clock.stamp(at)}">{shown}</time>'

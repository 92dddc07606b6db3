"""The force on a phone's home screen: its crest on its ink, in the sizes that phones ask for."""

import hashlib
from typing import Any, NamedTuple

from django.contrib.staticfiles import finders

from hue.people import crest
from hue.people.models import Force

DESIGN = 1  # raised when the drawing changes: it is part of every icon's name
INK = "#0b1f3a"
# A maskable icon may be cut to a circle: what matters stays within its middle.
SHARES = {"any": 0.72, "maskable": 0.54}
KINDS = ((192, "any"), (512, "any"), (512, "maskable"))


class Icon(NamedTuple):
    path: str
    size: int
    purpose: str


def of(force: Force) -> list[Icon]:
    """Named by what is drawn, so that a new look is never hidden by a cache."""
    told = f"{DESIGN} {_ink(force)} {force.crest}"
    name = hashlib.sha256(told.encode()).hexdigest()[:12]
    return [Icon(f"icons/{name}-{purpose}-{size}.png", size, purpose) for size, purpose in KINDS]


def png(force: Force, icon: Icon) -> bytes:
    import pyvips  # here: large, and most processes never draw

    side = round(icon.size * SHARES[icon.purpose])
    drawing = _drawn(force, side)
    ink = [int(_ink(force)[at : at + 2], 16) for at in (1, 3, 5)]
    ground = pyvips.Image.black(icon.size, icon.size, bands=3) + ink
    ground = ground.cast("uchar").copy(interpretation="srgb")
    left, top = (icon.size - drawing.width) // 2, (icon.size - drawing.height) // 2
    whole = ground.composite2(drawing, "over", x=left, y=top).flatten()
    written: bytes = whole.pngsave_buffer(keep="none")
    return written


def _drawn(force: Force, side: int) -> Any:
    import pyvips

    picture = crest.file_of(force.crest)
    if picture is None or picture.path.endswith(".svg"):
        content = _as_png(picture.content if picture else _lamp(), side)
    else:
        content = picture.content
    drawing = pyvips.Image.thumbnail_buffer(content, side, height=side)
    return drawing if drawing.hasalpha() else drawing.addalpha()


def _as_png(svg: bytes, side: int) -> bytes:
    """Large enough for `side`; libvips itself is not let near an SVG."""
    import pyvips
    import vl_convert

    small: bytes = vl_convert.svg_to_png(svg.decode(), scale=1)
    known = pyvips.Image.pngload_buffer(small)
    drawn: bytes = vl_convert.svg_to_png(svg.decode(), scale=side / max(known.width, known.height))
    return drawn


def _lamp() -> bytes:
    file = finders.find("hue/lamp.svg")
    assert isinstance(file, str)
    with open(file, "rb") as drawing:
        return drawing.read()


def _ink(force: Force) -> str:
    return str(force.colours.get("ink", INK))

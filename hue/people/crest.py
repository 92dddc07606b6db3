"""The force's crest: an SVG cleaned by a parser, or a PNG written anew."""

import base64
import hashlib
from typing import NamedTuple
from xml.etree import ElementTree

import nh3

from hue.people.access import Refused

LARGEST = 200_000  # bytes: it stands on every page
SIDE = 256  # pixels of a PNG
MOST_PIXELS = 16_000_000  # a few bytes may say billions
SHAPES = {
    "svg", "g", "defs", "title", "desc", "symbol", "path", "circle", "ellipse", "rect", "line",
    "polyline", "polygon", "linearGradient", "radialGradient", "stop", "clipPath", "mask",
}  # fmt: skip
ATTRIBUTES = {
    "xmlns", "viewBox", "width", "height", "id", "d", "cx", "cy", "r", "rx", "ry", "x", "y",
    "x1", "x2", "y1", "y2", "fx", "fy", "points", "transform", "fill", "fill-opacity", "fill-rule",
    "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit",
    "stroke-opacity", "stroke-dasharray", "opacity", "offset", "stop-color", "stop-opacity",
    "gradientUnits", "gradientTransform", "clip-path", "clip-rule", "mask", "preserveAspectRatio",
}  # fmt: skip
_PNG = b"\x89PNG\r\n\x1a\n"
_INLINE = "data:image/png;base64,"


class Picture(NamedTuple):
    """The crest as a public file."""

    path: str
    content: bytes


def clean(upload: bytes) -> str:
    """What the force's row keeps: the SVG's text, or a PNG as base64."""
    if len(upload) > LARGEST:
        raise Refused(f"The crest is larger than {LARGEST // 1000} KB: make it smaller.")
    if upload.startswith(_PNG):
        return _INLINE + base64.b64encode(_png(upload)).decode()
    return _svg(upload)


def file_of(crest: str) -> Picture | None:
    """Named by what is in it, so that a new crest is never hidden by a cache."""
    if crest.startswith(_INLINE):
        content, kind = base64.b64decode(crest.removeprefix(_INLINE)), "png"
    elif crest.startswith("<svg"):
        content, kind = crest.encode(), "svg"
    else:
        return None
    return Picture(f"crest-{hashlib.sha256(content).hexdigest()[:12]}.{kind}", content)


def _png(upload: bytes) -> bytes:
    # Eight megabytes, which most commands never need.
    import pyvips

    try:
        image = pyvips.Image.pngload_buffer(upload)  # the header alone
        _within_reason(image.width, image.height)
        small = image.thumbnail_image(SIDE, height=SIDE, size="down")
        written: bytes = small.pngsave_buffer(keep="none")
    except pyvips.Error as error:
        raise Refused("This PNG cannot be read. Save it again in a drawing program.") from error
    return written


def _within_reason(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise Refused(
            f"The crest has {width} × {height} pixels; we take up to {MOST_PIXELS // 10**6} "
            "million: make it smaller."
        )


def _svg(upload: bytes) -> str:
    try:
        text = upload.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("The crest must be an SVG or a PNG file.") from error
    cleaned = nh3.clean(
        text,
        tags=SHAPES,
        attributes={"*": ATTRIBUTES},
        clean_content_tags={"script", "style"},
        attribute_filter=_within,
    )
    start, end = cleaned.find("<svg"), cleaned.rfind("</svg>")
    if start < 0 or end < 0:
        raise Refused("The crest must be an SVG or a PNG file.")
    drawing = cleaned[start : end + len("</svg>")]
    if 'xmlns="http://www.w3.org/2000/svg"' not in drawing:
        drawing = drawing.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    try:
        ElementTree.fromstring(drawing)  # noqa: S314  no entity is left in it
    except ElementTree.ParseError as error:
        raise Refused("This SVG is not well formed. Save it again as a plain SVG.") from error
    return drawing


def _within(tag: str, name: str, value: str) -> str | None:
    """A fill may point inside the drawing, and nothing points outside."""
    return None if "url(" in value.lower() and not value.startswith("url(#") else value

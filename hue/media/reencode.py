"""Pictures decoded and written anew: what leaves here holds pixels and nothing else."""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from hue.people.access import Refused

if TYPE_CHECKING:
    import pyvips

WIDTHS = (480, 960, 1600)
FACES = (96, 192, 384)  # of a portrait, which is square
QUALITY = 82
# Only the formats that cameras and phones make; their first bytes.
KNOWN = ((b"\xff\xd8\xff", b""), (b"\x89PNG\r\n\x1a\n", b""), (b"RIFF", b"WEBP"))
HEIC = (b"heic", b"heix", b"hevc", b"mif1", b"msf1")


@cache
def _vips() -> Any:
    """Loaded with the first picture: eight megabytes that most commands never need."""
    import pyvips

    # libvips opens an SVG, a PDF or whatever ImageMagick knows under any name, unless told not to.
    pyvips.block_untrusted_set(True)
    pyvips.cache_set_max(0)
    return pyvips


class NoPicture(Refused):
    """What was sent cannot be taken; the message says why and what to do."""


@dataclass(frozen=True)
class Limits:
    """Asked of the header, before a single pixel is decoded."""

    megabytes: int
    megapixels: int
    longest_edge: int


@dataclass(frozen=True)
class Size:
    width: int
    height: int
    jpeg: bytes


def sizes(content: bytes, limits: Limits, *, face: bool = False) -> list[Size]:
    """The picture upright in sRGB, smallest first; a small one is never enlarged."""
    wanted = FACES if face else WIDTHS
    _known_format(content, limits)
    try:
        header = _header(content)
        _within(header, limits)
        header.avg()  # reads to the end: thumbnail_buffer is silent about a file that was cut off
        how = _square(wanted[-1]) if face else _how(wanted[-1])
        largest = _flat(_vips().Image.thumbnail_buffer(content, wanted[-1], **how))
        largest = largest.copy_memory()
    except _vips().Error:
        raise NoPicture(
            "This picture is damaged or was cut off on its way: take it or send it again."
        ) from None
    widths = [width for width in wanted if width < largest.width] + [largest.width]
    return [_size(largest, width) for width in widths]


def cut(jpeg: bytes, left: int, top: int, width: int, height: int) -> bytes:
    """A part of one of our own."""
    image = _vips().Image.new_from_buffer(jpeg, "").crop(left, top, width, height)
    made: bytes = image.jpegsave_buffer(Q=QUALITY, interlace=True, keep="none")
    return made


def _known_format(content: bytes, limits: Limits) -> None:
    if len(content) > limits.megabytes * 2**20:
        raise NoPicture(f"The picture is larger than {limits.megabytes} MB: send a smaller one.")
    if content[4:8] == b"ftyp" and content[8:12] in HEIC:
        raise NoPicture(
            "This is a HEIC picture, which not everybody can see: in the phone's camera "
            "settings choose JPEG (“Most compatible”), then take it again."
        )
    if not any(content.startswith(start) and content[8:12].endswith(kind) for start, kind in KNOWN):
        raise NoPicture("This is no picture that we can take: send a JPEG, PNG or WebP.")


def _header(content: bytes) -> "pyvips.Image":
    return _vips().Image.new_from_buffer(content, "", access="sequential", fail_on="error")


def _within(header: "pyvips.Image", limits: Limits) -> None:
    edge, pixels = max(header.width, header.height), header.width * header.height
    if edge > limits.longest_edge or pixels > limits.megapixels * 1_000_000:
        raise NoPicture(
            f"The picture has {header.width} × {header.height} pixels; we take up to "
            f"{limits.megapixels} million, {limits.longest_edge} at the longest edge."
        )


def _how(width: int) -> dict[str, object]:
    # A tall picture may be twice as high as wide; a taller one gets narrower.
    return {"height": width * 2, "size": "down", "export_profile": "srgb", "fail_on": "error"}


def _square(width: int) -> dict[str, object]:
    # Cut to where a viewer looks first.
    return {**_how(width), "height": width, "crop": "attention"}


def _flat(image: "pyvips.Image") -> "pyvips.Image":
    if image.hasalpha():
        image = image.flatten(background=[255] * (image.bands - 1))
    return image if image.interpretation == "srgb" else image.colourspace("srgb")


def _size(largest: "pyvips.Image", width: int) -> Size:
    image = largest if width == largest.width else largest.thumbnail_image(width, **_scaled(width))
    jpeg: bytes = image.jpegsave_buffer(Q=QUALITY, interlace=True, keep="none")
    return Size(image.width, image.height, jpeg)


def _scaled(width: int) -> dict[str, object]:
    return {"height": width * 2 + 2, "size": "down"}

"""A picture cut to what a network takes: its middle, as nobody says where it is to be looked at.

A network that fetches pictures itself finds the cut one among our public files, for as long as it
stands there.
"""

from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from hue.channels.models import Piece
from hue.channels.networks import NETWORKS
from hue.media import files, reencode
from hue.media.models import Picture
from hue.pages import build
from hue.pages.sources import REGISTRY

SOURCE = "channels.crop"


class Box(NamedTuple):
    left: int
    top: int
    width: int
    height: int


def box(width: int, height: int, ratio: tuple[float, float] | None) -> Box | None:
    """None where it fits as it is."""
    if ratio is None or ratio[0] <= width / height <= ratio[1]:
        return None
    tallest, widest = ratio
    if width / height > widest:
        kept = int(height * widest)
        return Box((width - kept) // 2, 0, kept, height)
    kept = int(width / tallest)
    return Box(0, (height - kept) // 2, width, kept)


def needed(picture: Picture, slug: str) -> Box | None:
    return box(picture.width, picture.height, NETWORKS[slug].can.ratio)


def content(picture: Picture, within: Box) -> bytes:
    whole = files.where(picture.name_of(picture.width)).read_bytes()
    return reencode.cut(whole, *within)


def key(picture: str, slug: str) -> str:
    return f"{picture}-{slug}"


def path(key: str) -> str:
    return f"crops/{key}.jpg"


@transaction.atomic
def publish(picture: Picture, slug: str) -> str:
    """Its address. It is there when this returns: a network fetches it at once."""
    build.lock_out_writers(alone=False)
    build.write_pages(REGISTRY[SOURCE], [key(picture.pk, slug)])
    return f"{settings.HUE_SITE}/{path(key(picture.pk, slug))}"


def pages(pictures: list[str]) -> list[tuple[str, str]]:
    """What is written anew, or goes, with them."""
    cutting = [slug for slug, network in NETWORKS.items() if network.can.ratio]
    return [(SOURCE, key(picture, slug)) for picture in pictures for slug in cutting]


def standing() -> list[str]:
    """Keys of all that are shown there."""
    pieces = Piece.objects.filter(gone_at=None).exclude(pictures=[])
    shown = pieces.filter(deliveries__isnull=False).values_list("pictures", flat=True)
    return sorted({key for ids in shown for _, key in pages(ids)})

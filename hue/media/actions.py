"""Taking in a picture of our own."""

from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.governance import policy
from hue.lib.html import plain
from hue.media import files, reencode
from hue.media.models import Picture
from hue.media.reencode import Limits, NoPicture
from hue.people.access import require
from hue.people.models import Officer
from hue.people.roles import Permission

TAKEN_IN = Kind("picture.taken_in", "{by} added a picture: {alt}")
LONGEST_ALT = 1000


def take_in(*, by: Officer, at: datetime, content: bytes | BinaryIO, alt: str) -> Picture:
    """Re-encode, store, then make the row: whoever stops half-way leaves a file to be pruned.

    Raises NoPicture, which is a Refused, with a sentence.
    """
    require(by, Permission.WRITE_POSTS)
    says = _alt(alt)
    rules = policy.in_force(at=at)
    limits = Limits(rules.picture_megabytes, rules.picture_megapixels, rules.picture_longest_edge)
    sizes = reencode.sizes(_read(content, limits), limits)
    names = {str(size.width): files.keep(size.jpeg, ".jpg") for size in sizes}
    largest = sizes[-1]
    with transaction.atomic():
        picture = Picture.objects.create(
            alt=says,
            width=largest.width,
            height=largest.height,
            sizes=names,
            digest=names[str(largest.width)].removesuffix(".jpg"),
            by=by,
            at=at,
        )
        # The description may name somebody: it can be shredded.
        told = {"digest": picture.digest}
        record(TAKEN_IN, by=by, at=at, subject=picture, data=told, personal={"alt": says})
    return picture


def _alt(alt: str) -> str:
    says = plain(alt)
    if not says:
        raise NoPicture("Say in a few words what the picture shows, for people who cannot see it.")
    if len(says) > LONGEST_ALT:
        raise NoPicture(f"The description is longer than {LONGEST_ALT} characters: shorten it.")
    return says


def _read(content: bytes | BinaryIO, limits: Limits) -> bytes:
    if isinstance(content, bytes):
        return content
    return content.read(limits.megabytes * 2**20 + 1)

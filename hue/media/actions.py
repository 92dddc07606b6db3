"""Taking in a picture and saying what it shows; an officer's own face, shown and taken back."""

from datetime import datetime
from typing import Any, BinaryIO

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.governance import policy
from hue.jobs import queue
from hue.lib.html import plain
from hue.media import access, files, public, reencode
from hue.media.models import FACTS, SHOWS, Picture, Portrait
from hue.media.reencode import Limits, NoPicture
from hue.people.access import require
from hue.people.models import Officer
from hue.people.roles import ROLES, Permission

TAKEN_IN = Kind("picture.taken_in", "{by} added a picture: {alt}")
DESCRIBED = Kind("picture.described", "{by} said of a picture {what}. Purpose: {purpose}")
APPROVED = Kind("picture.approved", "{by} approved a picture ({shows}) as {role}: {purpose}")
PORTRAIT_SHOWN = Kind("portrait.shown", "{by} chose to show their picture in public.")
PORTRAIT_TAKEN_BACK = Kind("portrait.taken_back", "{by} took the public picture of {name} back.")
LONGEST_ALT = 1000


def take_in(*, by: Officer, at: datetime, content: bytes | BinaryIO, alt: str) -> Picture:
    """Re-encode, store, then make the row: whoever stops half-way leaves a file to be pruned.

    Raises NoPicture, which is a Refused, with a sentence.
    """
    require(by, Permission.WRITE_POSTS)
    return _keep(by, at, content, _alt(alt))


@transaction.atomic
def describe_picture(*, by: Officer, at: datetime, picture: Picture, **facts: Any) -> Picture:
    """`facts` are FACTS. An approval was of what it said before: it goes, but for a new review.
    What was said with the picture is looked at again, at once."""
    access.require_describing(by, picture)
    picture = Picture.objects.select_for_update().get(pk=picture.pk)
    said = {name: plain(told) if isinstance(told, str) else told for name, told in facts.items()}
    changed = [name for name in FACTS if name in said and said[name] != getattr(picture, name)]
    if not changed:
        return picture
    for name in changed:
        setattr(picture, name, said[name])
    access.known_facts(picture.shows, picture.source)
    if changed != ["review_at"]:
        picture.approved_by, picture.described_by = "", by
    picture.look_again_at = at
    picture.save(update_fields=[*changed, "approved_by", "described_by", "look_again_at"])
    told = {"what": ", ".join(FACTS[name] for name in changed)}
    personal = {"purpose": picture.purpose, "prior_enquiries": picture.prior_enquiries}
    record(DESCRIBED, by=by, at=at, subject=picture, data=told, personal=personal)
    return picture


@transaction.atomic
def approve_picture(*, by: Officer, at: datetime, picture: Picture, seen: str) -> Picture:
    """By whoever answers for the case, who has looked at it; `seen` is the digest of what they saw.

    Raises EditedMeanwhile when somebody said something else of it since.
    """
    access.require_approver(by)
    picture = Picture.objects.select_for_update().get(pk=picture.pk)
    access.can_be_approved(by, picture)
    access.same_facts(picture, seen)
    role = picture.approved_by = access.approving_role(by)
    picture.look_again_at = at
    picture.save(update_fields=["approved_by", "look_again_at"])
    told = {"shows": SHOWS[picture.shows].lower(), "role": ROLES[role].name.lower()}
    personal = {"purpose": picture.purpose}
    record(APPROVED, by=by, at=at, subject=picture, data=told, personal=personal)
    return picture


@transaction.atomic
def show_portrait(*, by: Officer, at: datetime, content: bytes | BinaryIO) -> Portrait:
    """Nobody chooses this for another: there is no other officer to name here."""
    access.require_named(by)
    _erase(Portrait.objects.filter(officer=by).first())
    picture = _keep(by, at, content, str(by), face=True)
    shown = Portrait.objects.create(officer=by, picture=picture, chosen_at=at)
    record(PORTRAIT_SHOWN, by=by, at=at, subject=by)
    public.mark(shown, at=at)
    return shown


@transaction.atomic
def take_back_portrait(*, by: Officer, at: datetime, officer: Officer) -> None:
    """The row, every size, and every file; the pages that showed it are written anew."""
    access.require_own_face(by, officer)
    shown = Portrait.objects.select_for_update().filter(officer=officer).first()
    if shown is None:
        return
    public.mark(shown, at=at)
    _erase(shown)
    record(PORTRAIT_TAKEN_BACK, by=by, at=at, subject=officer, personal={"name": str(officer)})


def _erase(shown: Portrait | None) -> None:
    if shown is None:
        return
    picture, names = shown.picture, sorted(shown.picture.sizes.values())
    shown.delete()
    picture.delete()
    queue.defer("media.erase", names=names)


def _keep(
    by: Officer, at: datetime, content: bytes | BinaryIO, says: str, *, face: bool = False
) -> Picture:
    rules = policy.in_force(at=at)
    limits = Limits(rules.picture_megabytes, rules.picture_megapixels, rules.picture_longest_edge)
    sizes = reencode.sizes(_read(content, limits), limits, face=face)
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

"""What a post that is published, changed or withdrawn sets in motion elsewhere: rows, no calls."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from hue.channels import access, crops
from hue.channels.models import Account, Delivery, Piece
from hue.channels.networks import LISTS
from hue.jobs import queue
from hue.pages import stale
from hue.people.models import LocalPolicingUnit, Neighbourhood, Officer


@dataclass(frozen=True)
class Said:
    """What the room above tells of one post."""

    ref: str
    address: str
    text: str
    at: datetime
    version: int = 1
    hashtag: str = ""
    pictures: tuple[str, ...] = ()
    unit: LocalPolicingUnit | None = None
    place: Neighbourhood | None = None
    topic: str = ""
    level: str = "news"
    follows: str = ""  # ref of the first of its thread


@transaction.atomic
def put(*, by: Officer, at: datetime, said: Said) -> None:
    """One row for each open account that speaks for its place; in the transaction of the post."""
    access.require_the_software(by)
    whole = Q(unit=None)
    accounts = list(
        Account.objects.open().filter(whole | Q(unit=said.unit) if said.unit else whole)
    )
    if not accounts:
        return
    piece, new = Piece.objects.update_or_create(
        ref=said.ref,
        defaults={**_words(said), "put_at": at, "gone_at": None},
        create_defaults={**_first(said), "put_at": at},
    )
    if not new:  # restored: what was taken away goes there once more
        again = piece.deliveries.filter(state="withdrawn")
        again.update(state="due", since=at, due_at=at, tries=0, references=[], link="", version=0)
    Delivery.objects.bulk_create(
        [Delivery(piece=piece, account=a, since=at, due_at=at) for a in accounts],
        ignore_conflicts=not new,
    )
    _go()


@transaction.atomic
def change(*, by: Officer, at: datetime, said: Said, clean: bool) -> None:
    """Other words; with `clean` the old ones must not stay anywhere, not even beside the new."""
    access.require_the_software(by)
    piece = Piece.objects.select_for_update().filter(ref=said.ref, version__lt=said.version).first()
    if piece is None:
        return
    stale.mark(*crops.pages([*piece.pictures, *said.pictures]), at=at)
    for name, value in _words(said).items():
        setattr(piece, name, value)
    if clean:
        piece.clean_from = said.version
    piece.save()
    # What is on its way now sees the newer version when it is back.
    stands = piece.deliveries.filter(state="sent")
    stands.update(state="due", since=at, due_at=at, tries=0)
    _go()


@transaction.atomic
def hasten(*, by: Officer, at: datetime, ref: str, grave: bool) -> None:
    """Other systems are alerted of it: it goes before all else. If grave, whoever asked to be
    told of danger to life is told at once."""
    access.require_the_software(by)
    Piece.objects.filter(ref=ref).update(urgent=True)
    waiting = Q(state="due")
    if grave:
        Piece.objects.filter(ref=ref).update(level="danger")
        waiting |= Q(state="sent", account__network__in=LISTS)
    rows = Delivery.objects.filter(waiting, piece__ref=ref)
    rows.update(state="due", due_at=at, tries=0)
    _go()


@transaction.atomic
def tell_volunteers(*, by: Officer, at: datetime, said: Said) -> None:
    """A text that they may pass on, once; in the record as what reached them."""
    access.require_the_software(by)
    told = {**_words(said), "address": said.address, "at": said.at}
    piece, new = Piece.objects.get_or_create(
        ref=said.ref, defaults={**told, "put_at": at, "volunteers": True}
    )
    if not new:
        return
    lists = Account.objects.open().filter(network__in=LISTS)
    Delivery.objects.bulk_create(
        [Delivery(piece=piece, account=account, since=at, due_at=at) for account in lists]
    )
    _go()


@transaction.atomic
def take_back(*, by: Officer, at: datetime, ref: str) -> None:
    """Away from everywhere, with what followed it. What never arrived is simply not sent."""
    access.require_the_software(by)
    pieces = Piece.objects.filter(Q(ref=ref) | Q(parent__ref=ref), gone_at=None)
    gone = list(pieces.select_for_update(of=("self",)).values_list("pk", flat=True))
    if not gone:
        return
    for shown in Piece.objects.filter(pk__in=gone).values_list("pictures", flat=True):
        stale.mark(*crops.pages(shown), at=at)
    Piece.objects.filter(pk__in=gone).update(gone_at=at, text="", pictures=[])
    rows = Delivery.objects.filter(piece__in=gone)
    nothing_there = Q(references=[], doubt=False)
    rows.filter(nothing_there, state__in=["due", "failed", "dropped"]).update(
        state="withdrawn", since=at, says=""
    )
    rows.filter(~Q(references=[]), state__in=["due", "sent", "failed", "unsure", "dropped"]).update(
        state="withdrawing", since=at, due_at=at, tries=0, says=""
    )
    rows.filter(state="due").update(state="withdrawing", since=at, due_at=at, tries=0)
    _go()


def _words(said: Said) -> dict[str, object]:
    return {
        "text": said.text,
        "version": said.version,
        "pictures": list(said.pictures),
        "hashtag": said.hashtag,
        "place": said.place,
        "topic": said.topic,
        "level": said.level,
    }


def _first(said: Said) -> dict[str, object]:
    parent = Piece.objects.filter(ref=said.follows).first() if said.follows else None
    return {**_words(said), "address": said.address, "at": said.at, "parent": parent}


def _go() -> None:
    queue.defer("channels.send", once="channels.send", priority=queue.URGENT)

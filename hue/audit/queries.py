"""Reading the record: by who, kind, subject and day, a page at a time."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from hue.audit.models import Entry, SealedKey
from hue.audit.record import read_aloud
from hue.lib import clock

PAGE = 50


@dataclass(frozen=True)
class Asked:
    """What the reader is looking for; nothing set is everything."""

    who: str = ""
    kind: str = ""
    subject: str = ""
    day: date | None = None
    before: int | None = None  # an entry's id: the page goes on below it


class Told(NamedTuple):
    entry: Entry
    sentence: str
    sealed: bool
    closed: bool  # holds personal data that somebody could still open


def entries(asked: Asked) -> list[Told]:
    """Newest first; one more than a page when there are more."""
    found = Entry.objects.select_related("seal").order_by("-id")
    if asked.who:
        found = found.filter(by_id=asked.who)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.subject:
        found = found.filter(subject=asked.subject)
    if asked.day:
        found = found.filter(at__range=clock.day_of(asked.day))
    if asked.before:
        found = found.filter(id__lt=asked.before)
    return told(list(found[: PAGE + 1]))


def told(page: list[Entry]) -> list[Told]:
    keys = [entry.key_id for entry in page if entry.key_id]
    kept = set(SealedKey.objects.filter(pk__in=keys).values_list("pk", flat=True))
    return [
        Told(
            entry=entry,
            sentence=read_aloud(entry, shredded=bool(entry.key_id) and entry.key_id not in kept),
            sealed=hasattr(entry, "seal"),
            closed=entry.key_id in kept,
        )
        for entry in page
    ]

"""A post on its way to the fediverse: rows only, within the transaction that changes the post.

The room of posts hands in what is said; a job finds out to whom, another sends it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from hue.events.models import LiveEvent
from hue.fediverse import names, objects, queries, stamps
from hue.fediverse.models import Activity, Actor, Dispatch, Note
from hue.fediverse.objects import Json, Words
from hue.jobs import queue
from hue.lib.ids import new_id
from hue.media.models import Picture
from hue.people.models import Neighbourhood, Officer

Page = tuple[str, str]
# The lower goes out first: taking back overtakes everything that still waits.
RANKS = {"Delete": 1, "Undo": 1, "Create": 4, "Update": 5, "Announce": 6, "Move": 7}
WORDS_IN = ("Create", "Update", "Announce")
_NUMBER = "UPDATE fediverse_actor SET said = said + 1 WHERE id = %s RETURNING said"


@dataclass(frozen=True)
class Said:
    """What a post says now."""

    id: str
    text: str
    at: datetime  # when it was published
    author: Officer
    place: Neighbourhood | None
    event: LiveEvent | None
    follows: str  # the first post of its thread, or ""
    gone: bool
    redacted: Callable[[], bool]  # by its last correction
    pictures: Callable[[], Sequence[Picture]]


def add(said: Said, *, at: datetime) -> list[Page]:
    """For the first time; the pages that are to be written."""
    voices = queries.voices(said.author, said.place, said.event)
    if voices is None:
        return []
    note = Note(
        pk=said.id, actor=voices.says, published_at=said.at, number=_next_number(voices.says)
    )
    note.object = objects.note(note, voices.says, _words(said))
    note.save(force_insert=True)
    _tell([_create(note, at), *(_announce(note, one, at) for one in voices.share)])
    return _pages(note)


def follow(said: Sequence[Said], *, at: datetime) -> list[Page]:
    """These were said before, and something changed. What has no note gets none: an account that
    was opened later does not repeat old posts."""
    known = Note.objects.select_related("actor").in_bulk([one.id for one in said])
    return [
        page
        for one in said
        if one.id in known and _as_it_is(known[one.id], one, at)
        for page in _pages(known[one.id])
    ]


def _as_it_is(note: Note, said: Said, at: datetime) -> bool:
    """Whether anything had to be told."""
    if said.gone:
        return note.state == "out" and _take_back(note, at)
    if note.state == "gone":
        return _show_again(note, said, at)
    now = objects.note(note, note.actor, _words(said))
    if now == note.object:
        return False
    if said.redacted():
        # Other servers show what a note said before an Update: those words must go.
        return _take_back(note, at) and _show_again(note, said, at)
    note.updated_at = at
    note.object = objects.note(note, note.actor, _words(said))
    note.save(update_fields=["updated_at", "object"])
    of = new_id()
    body = objects.update(of, note.actor, note.object, at)
    _tell([_activity(of, "Update", note.actor, body, at, note)])
    return True


def _take_back(note: Note, at: datetime) -> bool:
    """Nothing of ours that is still to be sent, or to be fetched, holds its words afterwards."""
    note.move_to("gone", gone_at=at, object={})
    shared = list(
        Activity.objects.filter(note=note, kind="Announce", body__gt="").select_related("actor")
    )
    earlier = Activity.objects.filter(note=note, kind__in=WORDS_IN)
    Dispatch.objects.filter(activity__in=earlier, state="due").update(state="dropped", ended_at=at)
    earlier.update(body="")
    _end_quotes(note, at)
    of = new_id()
    gone = objects.delete(of, note.actor, objects.tombstone(note))
    undone = [_undo(note, announced, at) for announced in shared]
    _tell([_activity(of, "Delete", note.actor, gone, at, note), *undone])
    return True


def _end_quotes(note: Note, at: datetime) -> None:
    """About what was taken back nothing is kept; shown again, it may be quoted again."""
    standing = note.quotes.standing().select_related("note__actor", "stranger")
    stamps.revoke(list(standing), at=at)
    note.quotes.all().delete()


def _show_again(note: Note, said: Said, at: datetime) -> bool:
    """Under another id: Mastodon and others remember what was deleted, and refuse to take it."""
    voices = queries.voices(said.author, said.place, said.event)
    if note.actor.state != "open" or voices is None:
        return False
    note.shown += 1
    note.updated_at = at
    words = objects.note(note, note.actor, _words(said))
    note.move_to("out", gone_at=None, object=words, shown=note.shown, updated_at=at)
    share = [one for one in voices.share if one.pk != note.actor.pk]
    _tell([_create(note, at), *(_announce(note, one, at) for one in share)])
    return True


def _create(note: Note, at: datetime) -> Activity:
    of = new_id()
    return _activity(
        of, "Create", note.actor, objects.create(of, note.actor, note.object), at, note
    )


def _announce(note: Note, by: Actor, at: datetime) -> Activity:
    of = new_id()
    body = objects.announce(of, by, names.note(note.pk, note.shown), at)
    return _activity(of, "Announce", by, body, at, note)


def _undo(note: Note, announced: Activity, at: datetime) -> Activity:
    of, by = new_id(), announced.actor
    body = objects.undo(of, by, announced, names.note(note.pk, note.shown), at)
    return _activity(of, "Undo", by, body, at, note)


def _activity(
    of: str, kind: str, by: Actor, body: Json, at: datetime, note: Note | None
) -> Activity:
    told = objects.document(body)
    return Activity(id=of, kind=kind, actor=by, body=told, rank=RANKS[kind], at=at, note=note)


def _tell(activities: list[Activity]) -> None:
    Activity.objects.bulk_create(activities)
    queue.defer("fediverse.address", once="fediverse.address", priority=queue.URGENT)


def _next_number(actor: Actor) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_NUMBER, [actor.pk])
        return int(cursor.fetchone()[0])


def _words(said: Said) -> Words:
    answers = ""
    if said.follows:
        root = Note.objects.out().filter(pk=said.follows).values_list("shown", flat=True).first()
        answers = names.note(said.follows, root) if root else ""
    return Words(
        text=said.text,
        tag=said.event.hashtag if said.event else "",
        place=said.place.name if said.place else "",
        pictures=said.pictures(),
        answers=answers,
    )


def _pages(note: Note) -> list[Page]:
    return [
        ("fediverse.note", note.pk),
        ("fediverse.outbox", f"{note.actor.name}/{page_of(note.number)}"),
    ]


A_PAGE = 20


def page_of(number: int) -> int:
    """Counted from the oldest: a full page never changes but by what is taken back."""
    return (number - 1) // A_PAGE + 1


def profile(actor: Actor, told: objects.Profile, *, at: datetime) -> None:
    """What an account says of itself has changed; closed, it is the last that it says."""
    of = new_id()
    body = objects.update_actor(of, actor, objects.actor(actor, told), at)
    _tell([_activity(of, "Update", actor, body, at, None)])


def moved(actor: Actor, target: str, *, at: datetime) -> None:
    of = new_id()
    _tell([_activity(of, "Move", actor, objects.move(of, actor, target, at), at, None)])

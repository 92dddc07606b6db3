"""A post on its way to the fediverse: rows only, within the transaction that changes the post.

The room of posts hands in what is said; a job finds out to whom, another sends it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import QuerySet

from hue.events.models import LiveEvent
from hue.fediverse import mail, names, objects, queries, stamps
from hue.fediverse.models import Activity, Actor, Dispatch, Note, Share
from hue.fediverse.objects import Json, Words
from hue.jobs import queue
from hue.lib.ids import new_id
from hue.media.models import Picture
from hue.people.models import Neighbourhood, Officer

Page = tuple[str, str]
# The lower goes out first: taking back and putting right overtake everything that still waits.
RANKS = {"Delete": 1, "Undo": 1, "Update": 2, "Create": 4, "Announce": 6, "Move": 7}
PROFILE = 5  # nobody is in danger for a new picture
WORDS_IN = ("Create", "Update", "Announce")
_NUMBER = "UPDATE fediverse_actor SET said = said + 1 WHERE id = %s RETURNING said"


class Passed(NamedTuple):
    """A stranger's post: its id, and the inbox of who wrote it."""

    uri: str
    inbox: str


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
    urgent: Callable[[], bool]  # an alert stands on it, or on what it follows up
    redacted: Callable[[], bool]  # by its last correction
    pictures: Callable[[], Sequence[Picture]]
    passes_on: Passed | None = None  # instead of being said as a note of our own


def add(said: Said, *, at: datetime) -> list[Page]:
    """For the first time; the pages that are to be written."""
    voices = queries.voices(said.author, said.place, said.event)
    if voices is None:
        return []
    if said.passes_on is not None:
        return _pass_on(said.id, said.passes_on, voices.says, at)
    numbers = _next_numbers([voices.says, *voices.share])
    number = numbers[voices.says.pk]
    note = Note(pk=said.id, actor=voices.says, published_at=said.at, number=number)
    note.object = objects.note(note, voices.says, _words(said))
    note.save(force_insert=True)
    told = [_create(note, at), *_announced(note, voices.share, numbers, at)]
    _tell(_at_once(told) if said.urgent() else told)
    return _pages(note)


def hurry(post: str) -> None:
    """An alert: what is still on its way of it goes before what is not."""
    waiting = Activity.objects.filter(note=post, rank__gt=mail.URGENT).exclude(state="done")
    if waiting.update(rank=mail.URGENT):
        queue.defer("fediverse.hurry", priority=queue.URGENT, note=post)


def follow(said: Sequence[Said], *, at: datetime) -> list[Page]:
    """These were said before, and something changed. What has no note gets none: an account that
    was opened later does not repeat old posts."""
    known = Note.objects.select_related("actor").in_bulk([one.id for one in said])
    noted = [
        page
        for one in said
        if one.id in known and _as_it_is(known[one.id], one, at)
        for page in _pages(known[one.id])
    ]
    passed_on = [page for one in said if one.passes_on for page in _follow_passed_on(one, at)]
    return noted + passed_on


def _pass_on(post: str, passed: Passed, by: Actor, at: datetime) -> list[Page]:
    """Who wrote it is told, too: their server counts it, and tells us when they take it back."""
    number = _next_numbers([by])[by.pk]
    told = _announce(by, passed.uri, number, at, None)
    Share.objects.filter(activity_id=told.pk).update(post=post, inbox=passed.inbox)
    _tell([told, _to_one(told, passed.inbox)])
    return [_outbox_page(by.name, number)]


def _follow_passed_on(said: Said, at: datetime) -> list[Page]:
    assert said.passes_on is not None
    shares = list(Share.objects.standing().filter(post=said.id).select_related("actor"))
    if said.gone and shares:
        Share.objects.filter(pk__in=[share.pk for share in shares]).update(undone_at=at)
        _drop(_announcing(shares), at)
        undone = [(_undo(share, at), share.inbox) for share in shares]
        _tell([row for told, inbox in undone for row in (told, _to_one(told, inbox))])
        return [_outbox_page(share.actor.name, share.number) for share in shares]
    before = Share.objects.filter(post=said.id).exists()
    return [] if said.gone or shares or not before else add(said, at=at)


def _announcing(shares: list[Share]) -> QuerySet[Activity]:
    """To who follows, and to who wrote it."""
    announced = Activity.objects.filter(kind="Announce", note=None)
    of = announced.filter(pk__in=[share.activity_id for share in shares])
    known = announced.filter(body__in=list(of.values_list("body", flat=True)))
    return Activity.objects.filter(pk__in=list(known.values_list("pk", flat=True)))


def _to_one(told: Activity, inbox: str) -> Activity:
    """The same once more, for an inbox where nobody need follow us."""
    also = {"kind": told.kind, "actor": told.actor, "body": told.body, "rank": told.rank}
    return Activity(to=inbox, at=told.at, **also)


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
    shared = list(note.shares.standing().select_related("actor"))
    note.shares.standing().update(undone_at=at)
    _drop(Activity.objects.filter(note=note, kind__in=WORDS_IN), at)
    _end_quotes(note, at)
    of = new_id()
    gone = objects.delete(of, note.actor, objects.tombstone(note))
    undone = [_undo(share, at) for share in shared]
    _tell([_activity(of, "Delete", note.actor, gone, at, note), *undone])
    return True


def _drop(earlier: QuerySet[Activity], at: datetime) -> None:
    """What is still to be sent of it goes nowhere."""
    Dispatch.objects.filter(activity__in=earlier, state="due").update(state="dropped", ended_at=at)
    earlier.update(body="")


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
    # What stands there instead is as urgent as what was taken back.
    shared = _announced(note, share, _next_numbers(share), at)
    _tell(_at_once([_create(note, at), *shared]))
    return True


def _create(note: Note, at: datetime) -> Activity:
    of = new_id()
    return _activity(
        of, "Create", note.actor, objects.create(of, note.actor, note.object), at, note
    )


def _announced(
    note: Note, accounts: list[Actor], numbers: dict[int, int], at: datetime
) -> list[Activity]:
    uri = names.note(note.pk, note.shown)
    return [_announce(one, uri, numbers[one.pk], at, note) for one in accounts]


def _announce(by: Actor, uri: str, number: int, at: datetime, note: Note | None) -> Activity:
    of = new_id()
    told = {"activity_id": of, "number": number, "at": at}
    Share.objects.create(actor=by, uri=uri, note=note, **told)
    return _activity(of, "Announce", by, objects.announce(of, by, uri, at), at, note)


def _undo(share: Share, at: datetime) -> Activity:
    of = new_id()
    return _activity(of, "Undo", share.actor, objects.undo(of, share, at), at, share.note)


def _activity(
    of: str, kind: str, by: Actor, body: Json, at: datetime, note: Note | None
) -> Activity:
    told = objects.document(body)
    return Activity(id=of, kind=kind, actor=by, body=told, rank=RANKS[kind], at=at, note=note)


def _at_once(activities: list[Activity]) -> list[Activity]:
    for one in activities:
        one.rank = min(one.rank, mail.URGENT)
    return activities


def _tell(activities: list[Activity]) -> None:
    Activity.objects.bulk_create(activities)
    queue.defer("fediverse.address", once="fediverse.address", priority=queue.URGENT)


def _next_numbers(accounts: list[Actor]) -> dict[int, int]:
    """By account. In one order: two posts by the same accounts never wait for each other."""
    with connection.cursor() as cursor:
        numbers = {}
        for pk in sorted(one.pk for one in accounts):
            cursor.execute(_NUMBER, [pk])
            numbers[pk] = int(cursor.fetchone()[0])
    return numbers


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
    shared = note.shares.values_list("actor__name", "number")
    outboxes = [(note.actor.name, note.number), *shared]
    return [
        ("fediverse.note", note.pk),
        *(_outbox_page(name, number) for name, number in outboxes),
    ]


def _outbox_page(name: str, number: int) -> Page:
    return "fediverse.outbox", f"{name}/{page_of(number)}"


A_PAGE = 20


def page_of(number: int) -> int:
    """Counted from the oldest: a full page never changes but by what is taken back."""
    return (number - 1) // A_PAGE + 1


def profile(actor: Actor, now: Json, *, at: datetime) -> None:
    """What an account says of itself has changed; closed, it is the last that it says."""
    of = new_id()
    body = objects.update_actor(of, actor, now, at)
    told = _activity(of, "Update", actor, body, at, None)
    told.rank = PROFILE
    _tell([told])


def moved(actor: Actor, target: str, *, at: datetime) -> None:
    of = new_id()
    _tell([_activity(of, "Move", actor, objects.move(of, actor, target, at), at, None)])

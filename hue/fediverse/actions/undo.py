"""Somebody elsewhere takes back what they did; what others did stays."""

from datetime import datetime

from django.db.models import Q

from hue.fediverse import access, names
from hue.fediverse.access import sender
from hue.fediverse.documents import Document, id_of, kind_of, object_of
from hue.fediverse.models import Follower, Reaction, Received
from hue.pages import stale
from hue.people.models import Officer


def undo(*, by: Officer, at: datetime, received: Received) -> None:
    """By the id of what they did, or by what it was: not every server repeats both."""
    access.require_software(by)
    what = object_of(received.body)
    access.require_own_act(received, what)
    stranger, id_ = sender(received), id_of(what)
    follows = Follower.objects.filter(_follow(what) | Q(follow_id=id_), stranger=stranger)
    reacted = Reaction.objects.filter(_reaction(what) | Q(activity_id=id_), stranger=stranger)
    pages = [("fediverse.actor", name) for name in follows.values_list("actor__name", flat=True)]
    pages += [("fediverse.note", note) for note in reacted.values_list("note", flat=True)]
    follows.delete()
    reacted.delete()
    stale.mark(*pages, at=at)


def _follow(what: Document) -> Q:
    name = names.actor_of(id_of(what.get("object"))) if kind_of(what) == "Follow" else None
    return Q(actor__name=name) if name else Q(pk=None)


def _reaction(what: Document) -> Q:
    kind = {"Like": "like", "Announce": "boost"}.get(kind_of(what))
    note = names.note_of(id_of(what.get("object")))
    return Q(kind=kind, note=note) if kind and note else Q(pk=None)

"""Somebody elsewhere takes their words back, or goes for good."""

from datetime import datetime

from hue.fediverse import access, stamps
from hue.fediverse.access import sender
from hue.fediverse.documents import id_of, object_of
from hue.fediverse.models import Quote, Received, Reply, Share
from hue.people.models import Officer


def delete(*, by: Officer, at: datetime, received: Received) -> None:
    """Of an account everything goes: whom it followed, what it liked, what it said."""
    access.require_software(by)
    what, stranger = id_of(object_of(received.body)), sender(received)
    access.require_same_server(received, what)
    quotes = Quote.objects.filter(stranger=stranger)
    theirs = Share.objects.standing().filter(inbox=stranger.inbox)
    if what == stranger.uri:
        stamps.drop(quotes, at=at)
        theirs.update(taken_back_at=at)
        Received.objects.stuck().filter(stranger=stranger).update(state="refused", body={})
        stranger.delete()
        received.stranger = None
    else:
        own = Reply.objects.standing().filter(uri=what, stranger=stranger)
        own.update(html="", gone_at=at)
        stamps.drop(quotes.filter(uri=what), at=at)
        # What we passed on of theirs: the room above takes it back, and tells somebody.
        theirs.filter(uri=what).update(taken_back_at=at)

"""Somebody elsewhere takes their words back, or goes for good."""

from datetime import datetime

from hue.fediverse import access
from hue.fediverse.access import sender
from hue.fediverse.documents import id_of, object_of
from hue.fediverse.models import Received, Reply
from hue.people.models import Officer


def delete(*, by: Officer, at: datetime, received: Received) -> None:
    """Of an account everything goes: whom it followed, what it liked, what it said."""
    access.require_software(by)
    what, stranger = id_of(object_of(received.body)), sender(received)
    access.require_same_server(received, what)
    if what == stranger.uri:
        stranger.delete()
        received.stranger = None
    else:
        own = Reply.objects.standing().filter(uri=what, stranger=stranger)
        own.update(html="", gone_at=at)

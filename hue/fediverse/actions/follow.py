"""Somebody elsewhere follows an account of ours, from another account, or no longer."""

from datetime import datetime

from hue.fediverse import access, answers
from hue.fediverse.access import sender
from hue.fediverse.accounts import Account
from hue.fediverse.models import Actor, Follower, Received
from hue.fediverse.strangers import strangers_of
from hue.pages import stale
from hue.people.models import Officer


def follow(*, by: Officer, at: datetime, received: Received) -> None:
    """Anybody may, while the account is open; they are told either way."""
    access.require_software(by)
    stranger, actor = sender(received), access.require_ours(received.body)
    if access.may_be_followed(actor):
        told = {"follow_id": received.activity_id, "since": at}
        Follower.objects.update_or_create(actor=actor, stranger=stranger, defaults=told)
        _counted_anew(actor, at)
        answers.accept(actor, received, at=at)
    else:
        _unfollow(received, actor, at)
        answers.reject(actor, received, at=at)


def block(*, by: Officer, at: datetime, received: Received) -> None:
    """Who wants nothing of us is sent nothing."""
    access.require_software(by)
    _unfollow(received, access.require_ours(received.body), at)


def move(*, by: Officer, at: datetime, received: Received, target: Account | None) -> None:
    """Whom they followed they follow from `target`, which must say that it is the same person."""
    access.require_software(by)
    old = sender(received)
    access.require_move(received, target)
    assert target is not None
    new = strangers_of([target], at=at)[target.uri]
    access.require_not_blocked(new.server)
    moved = Follower.objects.filter(stranger=old)
    moved.filter(actor__in=new.follows.values("actor")).delete()
    moved.update(stranger=new)


def _unfollow(received: Received, actor: Actor, at: datetime) -> None:
    Follower.objects.filter(actor=actor, stranger=sender(received)).delete()
    _counted_anew(actor, at)


def _counted_anew(actor: Actor, at: datetime) -> None:
    """How many follow stands on its page."""
    stale.mark(("fediverse.actor", actor.name), at=at)

"""Somebody elsewhere follows an account of ours, or no longer."""

from datetime import datetime

from hue.fediverse import access, answers
from hue.fediverse.models import Follower, Received
from hue.people.models import Officer


def follow(*, by: Officer, at: datetime, received: Received) -> None:
    """Anybody may, while the account is open; they are told either way."""
    access.require_software(by)
    stranger, actor = access.sender(received), access.require_ours(received.body)
    if access.may_be_followed(actor):
        told = {"follow_id": received.activity_id, "since": at}
        Follower.objects.update_or_create(actor=actor, stranger=stranger, defaults=told)
        answers.accept(actor, received, at=at)
    else:
        Follower.objects.filter(actor=actor, stranger=stranger).delete()
        answers.reject(actor, received, at=at)

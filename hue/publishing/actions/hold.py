"""What the clock holds: everything while a stop is in force, and what has grown too old."""

from datetime import datetime, timedelta

from django.db import transaction

from hue.audit.record import record
from hue.governance import policy
from hue.governance.models import Halt
from hue.people.models import Officer
from hue.publishing import access, guarding
from hue.publishing.actions.decide import HELD, hold
from hue.publishing.actions.publish import publish
from hue.publishing.announce import decided
from hue.publishing.models import Post, PostQuerySet
from hue.states.moving import MovedMeanwhile


def hold_waiting(*, by: Officer, at: datetime) -> int:
    """What is scheduled or waits: all of it in a stop, else that of authors suspended or gone."""
    halt = Halt.objects.in_force().first()
    waiting = Post.objects.waiting().select_related("author")
    if halt is None:
        away = waiting.exclude(author__suspended_at=None, author__left_at=None)
        return _hold_all(away, by, at, "Its author is away.")
    return _hold_all(waiting, by, at, f"Everything was stopped: {halt.reason}")


@transaction.atomic
def publish_planned(*, by: Officer, at: datetime, post: Post) -> Post:
    """An approved post goes out at its time, or back to a person, with the question, when it missed
    that by long or the guard finds in it what nobody had seen when it was approved."""
    post = Post.objects.locked(post)
    access.may_edit(by, post)
    if not Post.objects.due(at=at).filter(pk=post.pk).exists():
        raise MovedMeanwhile("Somebody decided about this post meanwhile: it is not due any more.")
    reason = _why_again(post, at)
    if not reason:
        return publish(by=by, at=at, post=post)
    post.move_to("in_review", since=at, note=reason)
    told = {"author": str(post.author), "reason": reason}
    record(HELD, by=by, at=at, subject=post, data=told)
    decided(post, at=at)
    return post


def _why_again(post: Post, at: datetime) -> str:
    missed = at - (post.publish_at or at)
    if missed > timedelta(minutes=policy.in_force(at=at).approval_fresh_minutes):
        return "Its time passed before it could go out. Is it still right?"
    found = guarding.check(guarding.words_of(post), at=at).findings
    changed = guarding.open_stops(post, found) or guarding.new_since(post, found)
    return f"Since it was approved: {guarding.in_words(changed)}" if changed else ""


def _hold_all(posts: PostQuerySet, by: Officer, at: datetime, reason: str) -> int:
    held = 0
    for post in posts:
        try:
            hold(by=by, at=at, post=post, reason=reason)
            held += 1
        except MovedMeanwhile:
            continue  # a person decided first
    return held

"""Taking a post back: a tombstone with the reason stays; the words are sealed, never destroyed."""

from datetime import datetime

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import name_of, record
from hue.governance.actions import register_removal
from hue.lib import sealing
from hue.lib.html import plain
from hue.people.access import Refused, require
from hue.people.models import Officer
from hue.people.roles import Permission
from hue.publishing import guarding
from hue.publishing.announce import announce
from hue.publishing.models import OutcomeOwed, Post, Review

WITHDRAWN = Kind("post.withdrawn", "{by} withdrew a published post: {reason}")


@transaction.atomic
def withdraw(*, by: Officer, at: datetime, post: Post, reason: str, rule: str = "") -> Post:
    """Afterwards no public file holds its words or pictures."""
    post, reason = Post.objects.locked(post), plain(reason)
    require(by, Permission.WITHDRAW_POSTS)
    if not reason:
        raise Refused("Say why it is withdrawn: the reason stands in the public register.")
    guarding.reason_must_pass(post, reason, by=by, at=at)
    post.move_to(
        "withdrawn",
        since=at,
        withdrawn_at=at,
        withdrawn_rule=rule,
        note=reason,
        sealed_text=post.sealed_text or sealing.seal_text(post.text),
        text="",
    )
    post.seal_old_words()
    Review.objects.settle(post, by=by, at=at)
    OutcomeOwed.objects.open().filter(post=post).update(settled_at=at)
    record(WITHDRAWN, by=by, at=at, subject=post, data={"reason": reason})
    register_removal(
        by=by,
        at=at,
        what="withdrawn",
        subject=name_of(post),
        address=post.address,
        reason=reason,
        rule=rule,
    )
    announce(post, "withdrawn", at=at)
    return post

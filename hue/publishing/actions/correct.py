"""Correcting in the open: both versions show, unless the old words would repeat the harm."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import name_of, record
from hue.governance import policy
from hue.governance.actions import register_removal
from hue.guard.finding import Verdict
from hue.lib.html import plain
from hue.media.models import Picture
from hue.people.access import Refused, require
from hue.people.models import Officer
from hue.people.roles import Permission
from hue.publishing import access, guarding
from hue.publishing.announce import announce
from hue.publishing.models import Post, Review, Version

CORRECTED = Kind("post.corrected", "{by} corrected a published post: {reason}")

CHANGED = ("text", "version", "corrected_at", "holds_from", "holds_until", "announced")


@transaction.atomic
def correct(
    *,
    by: Officer,
    at: datetime,
    post: Post,
    seen: int,
    text: str,
    reason: str,
    redact: bool = False,
    times: tuple[datetime, datetime] | None = None,
    without: Sequence[Picture] = (),
) -> Post:
    """New words for a public post. With `redact` all older ones are sealed instead of shown.

    `times` are new ones of a notice; an end that has passed takes it from what is coming.
    Pictures in `without` leave the public: only a redacting correction takes pictures away.
    """
    post, reason = Post.objects.locked(post), plain(reason)
    require(by, Permission.CORRECT_POSTS)
    access.same_version(post, seen)
    text, rules = plain(text), policy.in_force(at=at)
    access.words_that_fit(text, rules)
    if post.state != "published":
        raise Refused("Only a published post is corrected: look at it as it is now.")
    if not reason:
        raise Refused("Say why it is corrected: the public reads it.")
    verdict = _read_anew(by, at, post, text, rules)
    guarding.reason_must_pass(post, reason, by=by, at=at)
    if without and not redact:
        raise Refused("A picture is taken away by a redacting correction: choose that one.")
    _keep_version(post, reason, by=by, at=at)
    if redact:
        post.seal_old_words()
    post.text, post.version, post.corrected_at = text, post.version + 1, at
    if times is not None:
        access.announces_something(post)
        post.holds_from, post.holds_until = times
        post.announced = times[1] > at
    post.save(update_fields=CHANGED)
    post.placed_pictures.filter(picture__in=without).update(removed_at=at)
    guarding.keep(post, verdict, rules, at=at)
    if by.pk != post.author.pk:  # as with every decision about what one wrote
        Review.objects.settle(post, by=by, at=at)
    record(CORRECTED, by=by, at=at, subject=post, data={"reason": reason})
    register_removal(
        by=by,
        at=at,
        what="redacted" if redact else "corrected",
        subject=name_of(post),
        address=post.address,
        reason=reason,
    )
    announce(post, "changed", at=at)
    return post


def _read_anew(by: Officer, at: datetime, post: Post, text: str, rules: policy.Policy) -> Verdict:
    """What the guard says of the new words; refused where they bring in what they must not."""
    access.still_credits(post, text)
    verdict = guarding.check(guarding.words_of(post, text), at=at, rules=rules)
    access.words_that_pass(verdict.findings)
    access.may_bring_in(by, post, guarding.brought_in(post, text, verdict, at=at))
    return verdict


def _keep_version(post: Post, reason: str, *, by: Officer, at: datetime) -> None:
    Version.objects.create(
        post=post,
        number=post.version,
        text=post.text,
        reason=reason,
        public=True,
        holds_from=post.holds_from,
        holds_until=post.holds_until,
        replaced_at=at,
        by=by,
    )

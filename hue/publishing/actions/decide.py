"""What a second person decides, and what is held until somebody does."""

from datetime import datetime

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.governance import policy
from hue.governance.access import require_no_halt
from hue.lib.html import plain
from hue.people.access import Refused, require
from hue.people.models import Officer
from hue.people.roles import Permission
from hue.publishing import access, guarding
from hue.publishing.actions.compose import edit
from hue.publishing.actions.override import override
from hue.publishing.actions.publish import publish
from hue.publishing.announce import decided
from hue.publishing.models import Post
from hue.states.moving import MovedMeanwhile

APPROVED = Kind("post.approved", "{by} approved a post of {author}: {reason}")
SENT_BACK = Kind("post.sent_back", "{by} sent a post back to {author}: {reason}")
DROPPED = Kind("post.dropped", "{by} dropped a post of {author}: {reason}")
HELD = Kind("post.held", "{by} held a post of {author}: {reason}")
RELEASED = Kind("post.released", "{by} confirmed a held post of {author}: {reason}")
UNDONE = Kind("post.undone", "{by} took back a decision about a post of {author}: {reason}")


@transaction.atomic
def approve(
    *,
    by: Officer,
    at: datetime,
    post: Post,
    seen: int,
    reason: str = "",
    confirmed: bool = False,
    rationale: str = "",
) -> Post:
    """Let it out: now, or at its time. Never one's own; past its time only when `confirmed`.

    What the guard stops goes out only with the `rationale` of somebody whom its rules name.
    """
    told = {"author": str(post.author), "reason": plain(reason) or "right as it is"}
    record(APPROVED, by=by, at=at, subject=post, data=told)
    return _let_out("in_review", by, at, post, seen, confirmed, rationale)


@transaction.atomic
def edit_and_approve(
    *,
    by: Officer,
    at: datetime,
    post: Post,
    seen: int,
    text: str,
    reason: str = "",
    confirmed: bool = False,
    rationale: str = "",
) -> Post:
    """Both or neither. To approve the words as they are changes nothing."""
    post = Post.objects.locked(post)
    if plain(text) != post.text:  # a browser sends its own line ends
        post = edit(by=by, at=at, post=post, seen=seen, text=text)
        seen, reason = post.version, reason or "changed, then approved"
    more = {"reason": reason, "rationale": rationale}
    return approve(by=by, at=at, post=post, seen=seen, confirmed=confirmed, **more)


@transaction.atomic
def release(
    *,
    by: Officer,
    at: datetime,
    post: Post,
    seen: int,
    reason: str = "",
    confirmed: bool = False,
    rationale: str = "",
) -> Post:
    """A held post is confirmed by a person, one by one, after the stop."""
    require_no_halt()
    pressed = "still right" if confirmed else "let it out"  # as its button said
    told = {"author": str(post.author), "reason": plain(reason) or pressed}
    record(RELEASED, by=by, at=at, subject=post, data=told)
    return _let_out("held", by, at, post, seen, confirmed, rationale)


@transaction.atomic
def send_back(*, by: Officer, at: datetime, post: Post, reason: str) -> Post:
    access.may_decide(by, post)
    return _put(SENT_BACK, "draft", by, at, post, reason)


@transaction.atomic
def drop(*, by: Officer, at: datetime, post: Post, reason: str) -> Post:
    """It will not be published; its words stay in the record of drafts."""
    access.may_edit(by, post)
    return _put(DROPPED, "dropped", by, at, post, reason)


@transaction.atomic
def hold(*, by: Officer, at: datetime, post: Post, reason: str) -> Post:
    """Out of the way until a person confirms or drops it."""
    access.may_edit(by, post)
    return _put(HELD, "held", by, at, post, reason)


@transaction.atomic
def undo(
    *, by: Officer, at: datetime, post: Post, seen: int, since: datetime, back_to: str
) -> Post:
    """Back to where it was, by the person who decided; the view lets this pass for seconds only.

    `seen` is the version that the decision left, `since` the moment in which it moved the post.
    """
    post = Post.objects.locked(post)
    if by.pk != post.author.pk:
        require(by, Permission.APPROVE_POSTS)
    require_no_halt()
    if (post.since, post.version) != (since, seen):
        raise MovedMeanwhile(
            "Somebody changed this post after you decided: nothing was taken back. "
            "Look at it as it is now."
        )
    was = post.state
    post.move_to(back_to, since=at, note="")
    told = {"author": str(post.author), "reason": f"it was {was} for a few seconds"}
    record(UNDONE, by=by, at=at, subject=post, data=told)
    decided(post, at=at)
    return post


def _put(kind: Kind, state: str, by: Officer, at: datetime, post: Post, reason: str) -> Post:
    """Into a state in which it waits or rests, with the reason on it."""
    why = plain(reason)
    if not why:
        raise Refused("Say why: its author reads it, and it stands in the record.")
    post.move_to(state, since=at, note=why)
    told = {"author": str(post.author), "reason": why}
    record(kind, by=by, at=at, subject=post, data=told)
    decided(post, at=at)
    return post


def _let_out(
    waits: str, by: Officer, at: datetime, post: Post, seen: int, confirmed: bool, rationale: str
) -> Post:
    post = Post.objects.locked(post)
    access.may_let_out(by, post, waits)
    access.same_version(post, seen)
    access.other_words_than_ones_own(by, post, policy.in_force(at=at))
    access.still_right(post, at=at, confirmed=confirmed)
    verdict = guarding.look(post, at=at)
    if stops := guarding.open_stops(post, verdict.findings):
        override(by=by, at=at, post=post, stops=stops, rationale=rationale)
    post.approved_by, post.approved_at = by, at
    post.save(update_fields=["approved_by", "approved_at"])
    if post.publish_at and post.publish_at > at:
        post.move_to("approved", since=at, note="")
    else:
        publish(by=by, at=at, post=post, verdict=verdict)
    decided(post, at=at)
    return post

"""When a case changes, what was said of it is looked at again; what must not stand is hidden."""

from datetime import datetime

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import name_of, record
from hue.governance.access import require_no_halt
from hue.governance.actions import register_removal
from hue.incidents.models import Incident
from hue.lib import sealing
from hue.lib.html import plain
from hue.media.models import Picture
from hue.people.access import Refused, require
from hue.people.models import Officer
from hue.people.roles import Permission
from hue.publishing import access, guarding
from hue.publishing.actions.override import override
from hue.publishing.announce import announce, decided
from hue.publishing.models import Post, PostPicture, PostQuerySet, Review
from hue.streams.tell import tell

LISTED = Kind("review.listed", "{by} listed {posts} posts for review: the case has changed.")
LISTED_PICTURE = Kind(
    "review.listed_for_picture",
    "{by} listed {posts} posts for review: of a picture in them something else is said now, "
    "or its day of review has come.",
)
HIDDEN = Kind("post.hidden", "{by} hid a post of {author}: {why}")
RESTORED = Kind("post.restored", "{by} restored a hidden post of {author}: {reason}")
STANDS = Kind("review.stands", "{by} looked again at a post of {author} and let it stand: {reason}")
BACK = Kind("post.back_to_review", "{by} took a post of {author} back for review: {why}")
DONE = ("withdrawn", "dropped", "hidden", "draft")
RIGHT = "We looked at it again: it may stand."
RELEASED = "What stopped it is over: somebody who may shows it again."
LOOKING = "We are looking at this again, since its case has changed."


@transaction.atomic
def recheck(*, by: Officer, at: datetime, incident: Incident) -> int:
    """Every post about a case with somebody in it is listed, of any other what the guard finds
    now; what it stops goes out of sight."""
    require(by, Permission.WITHDRAW_POSTS)
    if not Incident.objects.filter(pk=incident.pk, case_changed=True).update(case_changed=False):
        return 0
    told = Post.objects.to_read().filter(incident=incident, practice=False)
    posts = told.exclude(state__in=DONE)
    every = incident.concerns_somebody()
    listed = sum(_look_again(by, at, post, every=every) for post in _in_turn(posts))
    _release(at, incident)
    if listed:
        record(LISTED, by=by, at=at, subject=incident, data={"posts": listed})
        tell("desk", "waiting", {"incident": incident.pk}, at=at)
    return listed


@transaction.atomic
def hide(*, by: Officer, at: datetime, post: Post, why: str) -> None:
    """Out of sight everywhere at once; its words are sealed until a named person decides."""
    post = Post.objects.locked(post)
    require(by, Permission.WITHDRAW_POSTS)
    post.move_to(
        "hidden",
        since=at,
        withdrawn_at=at,
        note=LOOKING,
        sealed_text=sealing.seal_text(post.text),
        text="",
    )
    told = {"author": str(post.author), "why": why}
    record(HIDDEN, by=by, at=at, subject=post, data=told)
    register_removal(
        by=by, at=at, what="hidden", subject=name_of(post), address=post.address, reason=LOOKING
    )
    announce(post, "withdrawn", at=at)


@transaction.atomic
def restore(*, by: Officer, at: datetime, post: Post, reason: str, rationale: str = "") -> Post:
    """Shown again. What the guard still stops needs somebody whom its rules name, and why."""
    post, reason = Post.objects.locked(post), plain(reason)
    access.may_decide(by, post)
    require_no_halt()
    if post.state != "hidden":
        raise Refused("Only a hidden post is restored.")
    if not reason:
        raise Refused("Say why it may be seen again: it stands in the record.")
    text = sealing.open_text(post.sealed_text)
    found = guarding.check(guarding.words_of(post, text), at=at).findings
    if stops := guarding.open_stops(post, found):
        override(by=by, at=at, post=post, stops=stops, rationale=rationale)
    post.move_to("published", since=at, withdrawn_at=None, note="", sealed_text="", text=text)
    record(
        RESTORED, by=by, at=at, subject=post, data={"author": str(post.author), "reason": reason}
    )
    register_removal(
        by=by, at=at, what="restored", subject=name_of(post), address=post.address, reason=RIGHT
    )
    Review.objects.settle(post, by=by, at=at)
    announce(post, "restored", at=at)
    return post


@transaction.atomic
def let_stand(*, by: Officer, at: datetime, post: Post, reason: str = "") -> Post:
    """Looked at again, and right as it is."""
    access.may_decide(by, post)
    if post.state == "hidden":
        raise Refused("It is hidden: restore it, or withdraw it.")
    if Review.objects.settle(post, by=by, at=at):
        told = {"author": str(post.author), "reason": plain(reason) or "still right"}
        record(STANDS, by=by, at=at, subject=post, data=told)
        decided(post, at=at)
    return post


@transaction.atomic
def recheck_picture(*, by: Officer, at: datetime, picture: Picture) -> int:
    """Something else is said of it, or its day of review has come: what shows it is asked again."""
    require(by, Permission.WITHDRAW_POSTS)
    if not Picture.objects.filter(pk=picture.pk).looked_at_again(at=at):
        return 0
    shows = PostPicture.objects.filter(picture=picture, removed_at=None)
    posts = Post.objects.to_read().filter(pk__in=shows.values("post"), practice=False)
    waiting = _in_turn(posts.exclude(state__in=DONE))
    listed = sum(_look_again(by, at, post, every=False) for post in waiting)
    for review in Review.objects.open().filter(post__in=posts, post__state="hidden"):
        _say_what_stops(review, at=at)
    for draft in posts.filter(state="draft").exclude(note=""):
        guarding.note_again(draft, at=at)
    if listed:
        record(LISTED_PICTURE, by=by, at=at, subject=picture, data={"posts": listed})
        tell("desk", "waiting", {"picture": picture.pk}, at=at)
    return listed


def _release(at: datetime, incident: Incident) -> None:
    """What was hidden or stopped, and nothing stops any more: the list and the draft say so."""
    for review in Review.objects.open().filter(post__incident=incident, post__state="hidden"):
        _say_what_stops(review, at=at)
    for draft in Post.objects.to_read().filter(incident=incident, state="draft").exclude(note=""):
        guarding.note_again(draft, at=at)


def _say_what_stops(review: Review, *, at: datetime) -> None:
    text = sealing.open_text(review.post.sealed_text)
    found = guarding.check(guarding.words_of(review.post, text), at=at).findings
    review.why = guarding.in_words(guarding.open_stops(review.post, found)) or RELEASED
    review.save(update_fields=["why"])


def _in_turn(posts: PostQuerySet) -> list[Post]:
    """Cases and their threads one after the other, as everybody else would lock them."""
    return sorted(posts, key=lambda p: (p.incident_id or 0, p.thread_id or p.pk, p.pk))


def _look_again(by: Officer, at: datetime, post: Post, *, every: bool) -> bool:
    """Whether it is new on the list."""
    post = Post.objects.to_read().locked(post)
    if post.state in DONE:
        return False
    found = guarding.check(guarding.words_of(post), at=at).findings
    stops = guarding.open_stops(post, found)
    why = guarding.in_words([*stops, *guarding.new_since(post, found)])
    if not (why or every):
        return False
    hides = bool(stops) and post.state == "published"
    _, new = Review.objects.open().update_or_create(
        post=post,
        settled_at=None,
        defaults={"why": why, "hidden": hides},
        create_defaults={"why": why, "hidden": hides, "at": at},
    )
    if hides:
        hide(by=by, at=at, post=post, why=why)
    elif why and post.state == "approved":
        _back(by, at, post, why)
    return new


def _back(by: Officer, at: datetime, post: Post, why: str) -> None:
    post.move_to("in_review", since=at, note=f"Its case has changed: {why}")
    record(BACK, by=by, at=at, subject=post, data={"author": str(post.author), "why": why})
    decided(post, at=at)

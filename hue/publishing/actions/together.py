"""One decision about several posts: each is checked at its own moment, and each says its result."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hue.governance import policy
from hue.incidents.case import facts
from hue.lib.html import plain
from hue.people.access import Refused, require
from hue.people.models import Officer
from hue.people.roles import Permission
from hue.publishing import access, guarding, safe
from hue.publishing.actions.decide import approve, send_back
from hue.publishing.actions.hide import let_stand
from hue.publishing.models import Post
from hue.states.graph import IllegalMove
from hue.states.moving import EditedMeanwhile, MovedMeanwhile

VERBS = ("approve", "send-back", "stands")


@dataclass(frozen=True)
class Outcome:
    post: Post
    why_kept: str = ""  # empty: done


def decide_together(
    *, by: Officer, at: datetime, verb: str, posts: Sequence[tuple[Post, int]], reason: str
) -> list[Outcome]:
    """Each post with the version that was on the screen; one that is kept keeps no other."""
    require(by, Permission.APPROVE_POSTS)
    if not plain(reason):
        raise Refused("Say why, once for all of them: it stands in the record of each.")
    if verb not in VERBS:
        raise Refused("This is decided post by post.")
    return [_one(by, at, post, seen, verb, reason) for post, seen in posts]


def _one(by: Officer, at: datetime, post: Post, seen: int, verb: str, reason: str) -> Outcome:
    try:
        with transaction.atomic():
            post = Post.objects.locked(post)
            access.same_version(post, seen)
            _is_safe(post, by, at)
            return Outcome(_decide(by, at, post, verb, reason))
    except (Refused, EditedMeanwhile, MovedMeanwhile, IllegalMove) as trouble:
        return Outcome(post, str(trouble))


def _decide(by: Officer, at: datetime, post: Post, verb: str, reason: str) -> Post:
    if verb == "approve":
        return approve(by=by, at=at, post=post, seen=post.version, reason=reason)
    if verb == "stands":
        return let_stand(by=by, at=at, post=post, reason=reason)
    return send_back(by=by, at=at, post=post, reason=reason)


def _is_safe(post: Post, by: Officer, at: datetime) -> None:
    rules = policy.in_force(at=at)
    found = guarding.check(guarding.words_of(post), at=at, rules=rules).findings
    case = facts(post.incident, at=at) if post.incident else None
    if why := safe.why_alone(post, found, by=by, at=at, rules=rules, case=case):
        raise Refused(why)

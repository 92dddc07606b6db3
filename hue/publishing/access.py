"""Who may do what with a post."""

from datetime import datetime, timedelta

from hue.events.access import require_pass
from hue.governance.access import require_acceptance
from hue.governance.policy import Policy
from hue.incidents.models import Incident
from hue.media.models import Picture
from hue.people.access import Refused, not_oneself, require
from hue.people.models import Officer
from hue.people.roles import Permission
from hue.publishing.models import Post
from hue.states.moving import EditedMeanwhile

MISSED = timedelta(minutes=1)


class Wipe(Exception):
    """The phone belongs to somebody who may not post any more: its queue is to be erased."""


class AsksAgain(Refused):
    """It may go out, but only when the same person says once more that it is still right."""


def may_write(by: Officer, post: Post, *, at: datetime) -> None:
    require(by, Permission.WRITE_POSTS)
    require_acceptance(by, at=at)
    require_pass(by, post.event, at=at)
    if post.thread is not None:  # an answer stands where its thread stands
        require_pass(by, post.thread.event, at=at)


def may_tell_of(by: Officer, incident: Incident | None) -> None:
    """Whoever may not see what is not public yet cannot bring it out with a post either."""
    if incident is not None:
        require(by, Permission.SEE_INCIDENTS)


def may_submit(by: Officer, post: Post, *, at: datetime) -> None:
    """One's own only: whether a second person is needed depends on who wrote it."""
    if by.pk != post.author.pk:
        raise Refused("Only its author sends a draft on its way.")
    may_write(by, post, at=at)


def may_see(by: Officer, post: Post) -> None:
    """Drafts and practice stay with their author, the team and those who decide."""
    if why := _hidden(by, post):
        raise Refused(why)


def may_see_picture(by: Officer, picture: Picture) -> None:
    """Whoever may see a post that shows it; before there is one, whoever took it in."""
    posts = Post.objects.filter(pictures=picture).select_related("author")
    if not posts and by.pk == picture.by.pk:
        return
    if all(post.state == "withdrawn" or _hidden(by, post) for post in posts):
        raise Refused("This picture belongs to a post that you may not see.")


def _hidden(by: Officer, post: Post) -> str:
    """Why this officer may not see it; empty: they may."""
    if by.pk == post.author.pk or by.may(Permission.APPROVE_POSTS):
        return ""
    if "guest" in by.roles:
        return "A guest sees their own posts here, and everybody's on the public page."
    same_team = by.team_id is not None and by.team_id == post.author.team_id
    if (post.practice or post.state == "draft") and not same_team:
        return "Drafts and practice posts are seen by their author's team."
    return ""


def may_edit(by: Officer, post: Post) -> None:
    require(by, Permission.WRITE_POSTS if by.pk == post.author.pk else Permission.APPROVE_POSTS)
    if post.state in {"published", "withdrawn", "dropped"}:
        raise Refused("Only a post that is not public yet is edited; a public one is corrected.")


def may_decide(by: Officer, post: Post) -> None:
    """Approve, send back or drop what another person wrote."""
    require(by, Permission.APPROVE_POSTS)
    not_oneself(by, post.author, "approve their own post")


def still_right(post: Post, *, at: datetime, confirmed: bool) -> None:
    """What had a time of its own, and is past it, asks again before it goes out."""
    if post.publish_at and at - post.publish_at > MISSED and not confirmed:
        raise AsksAgain("Its time has passed since it was planned. Is it still right?")


def other_words_than_ones_own(by: Officer, post: Post, policy: Policy) -> None:
    """Where nobody publishes alone, whoever changed the words last has them approved too."""
    last = post.versions.order_by("-number").first()
    if policy.approval_needed and last is not None and last.by_id == by.pk:
        raise Refused(
            "You changed its words, and the policy asks for two people: save the change alone, "
            "then somebody else approves it."
        )


def needs_second_person(by: Officer, policy: Policy) -> bool:
    return policy.approval_needed or not by.may(Permission.PUBLISH_POSTS)


def same_version(post: Post, seen: int) -> None:
    if post.version != seen:
        raise EditedMeanwhile(
            "Somebody changed this post while you had it open. Your words are kept below: "
            "look at the newer version, then save again."
        )


def words_that_fit(text: str, policy: Policy) -> None:
    if not text:
        raise Refused("The post has no words yet.")
    if len(text) > policy.longest_post:
        over = len(text) - policy.longest_post
        raise Refused(
            f"The post is {over} characters too long; the limit is {policy.longest_post}."
        )


def still_to_come(holds_until: datetime | None, *, at: datetime) -> None:
    if holds_until is not None and holds_until <= at:
        raise Refused(
            "What this announces is over already: give it a later end, or tell it as it was."
        )

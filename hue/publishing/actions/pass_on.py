"""A good post of a resident or a partner goes out again: credited, and taken back with theirs."""

from datetime import datetime

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.fediverse import strangers
from hue.fediverse.foreign import Foreign
from hue.governance import policy
from hue.people.access import require
from hue.people.models import Neighbourhood, Officer
from hue.people.roles import Permission
from hue.publishing import access, passed_on
from hue.publishing.actions.compose import Draft, compose, submit
from hue.publishing.actions.withdraw import withdraw
from hue.publishing.announce import decided
from hue.publishing.models import Post, Reshare

PASSED_ON = Kind("post.passed_on", "{by} wrote a post that passes on what somebody at {host} said.")
TAKEN_BACK = Kind("post.source_gone", "Somebody at {host} took back what a post had passed on.")
GONE = "Whoever had written what it passed on took it back."


@transaction.atomic
def pass_on(
    *, by: Officer, at: datetime, said: Foreign, words: str, place: Neighbourhood | None
) -> Post:
    """A post like any other, through the guard and a second person where the policy asks."""
    require(by, Permission.WRITE_POSTS)
    access.may_pass_on(said)
    text = passed_on.text_of(said, words, longest=policy.in_force(at=at).longest_post)
    post = compose(by=by, at=at, draft=Draft(text, neighbourhood=place), send="draft")
    told = {"uri": said.uri, "page": said.page, "credit": said.by, "inbox": said.author.inbox}
    Reshare.objects.create(post=post, **told)
    # Known from now on: what their server tells of them is heard.
    strangers.strangers_of([said.author], at=at)
    record(PASSED_ON, by=by, at=at, subject=post, data={"host": said.author.host})
    return submit(by=by, at=at, post=post)


@transaction.atomic
def follow_source(*, by: Officer, at: datetime, post: Post, host: str) -> Post:
    """Its author took it back: so do we, and whoever passed it on sees why."""
    require(by, Permission.WITHDRAW_POSTS)
    record(TAKEN_BACK, by=by, at=at, subject=post, data={"host": host})
    post = withdraw(by=by, at=at, post=post, reason=GONE)
    decided(post, at=at)
    return post

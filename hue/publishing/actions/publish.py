"""Making a post public: checked once more at that very moment."""

from datetime import datetime

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import name_of, record
from hue.governance import policy
from hue.governance.access import require_no_halt
from hue.governance.actions import register_removal
from hue.guard.finding import Verdict
from hue.guard.rule import FAMILIES
from hue.people.access import Refused
from hue.people.models import Officer
from hue.publishing import access, guarding
from hue.publishing.announce import announce
from hue.publishing.models import OutcomeOwed, Post

PUBLISHED = Kind("post.published", "{by} published a post of {author} for {place}.")
OWES_OUTCOME = {"incident"}
# Of these the register tells the family and not even the rule, which could repeat the harm.
KIND_ONLY = frozenset({"naming", "proceedings", "personal_data"})


@transaction.atomic
def publish(*, by: Officer, at: datetime, post: Post, verdict: Verdict | None = None) -> Post:
    """Publish now. Asked for by its author, its approver, or the clock (`by` is the system).

    `verdict` is what the guard said a moment ago of the row that the same transaction holds; else
    it is asked.
    """
    require_no_halt()
    if verdict is None:
        post = Post.objects.locked(post)
    if not post.author.is_active:
        raise Refused("Its author may not post at the moment.")
    if by.pk != post.author.pk and by.record_role != "system":
        access.may_decide(by, post)
    access.its_thread_stands(post)
    access.still_credits(post, post.text)
    said = verdict or guarding.look(post, at=at)
    if stops := guarding.open_stops(post, said.findings):
        raise access.Stopped(guarding.in_words(stops))
    post.move_to(
        "published",
        since=at,
        published_at=at,
        publish_at=post.publish_at or at,
        announced=post.holds_until is not None,
        note="",
    )
    if not post.practice:
        _owe(post, at)
        _register_overrides(post, at)
    told = {"author": str(post.author), "place": post.place}
    record(PUBLISHED, by=by, at=at, subject=post, data=told)
    announce(post, "added", at=at)
    return post


def _owe(post: Post, at: datetime) -> None:
    """A post about an incident owes an outcome; a post that tells it settles the debt."""
    if post.kind == "outcome":
        OutcomeOwed.objects.open().filter(post=post.root).update(settled_at=at)
    elif post.kind in OWES_OUTCOME and not (post.incident and post.incident.tells_outcome):
        due = policy.in_force(at=at).outcome_due(at)
        OutcomeOwed.objects.get_or_create(
            post=post.root, defaults={"officer": post.author, "due_at": due}
        )


def _register_overrides(post: Post, at: datetime) -> None:
    """Each stands in the public register once its post is public; why stays in the record."""
    for one in post.overrides.filter(version=post.version).select_related("by"):
        register_removal(
            by=one.by,
            at=at,
            what="overridden",
            subject=name_of(post),
            address=post.address,
            reason=FAMILIES[one.family],
            rule="" if one.family in KIND_ONLY else one.rule,
        )

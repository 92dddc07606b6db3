"""Making a post public: checked once more at that very moment."""

from datetime import datetime

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.governance import policy
from hue.governance.access import require_no_halt
from hue.people.access import Refused
from hue.people.models import Officer
from hue.publishing import access
from hue.publishing.announce import announce
from hue.publishing.models import OutcomeOwed, Post

PUBLISHED = Kind("post.published", "{by} published a post of {author} for {place}.")
OWES_OUTCOME = {"incident"}


@transaction.atomic
def publish(*, by: Officer, at: datetime, post: Post) -> Post:
    """Publish now. Asked for by its author, its approver, or the clock (`by` is the system)."""
    require_no_halt()
    if not post.author.is_active:
        raise Refused("Its author may not post at the moment.")
    if by.pk != post.author.pk and by.record_role != "system":
        access.may_decide(by, post)
    post.move_to(
        "published",
        published_at=at,
        publish_at=post.publish_at or at,
        announced=post.holds_until is not None,
        note="",
    )
    if not post.practice:
        _owe(post, at)
    told = {"author": str(post.author), "place": post.place}
    record(PUBLISHED, by=by, at=at, subject=post, data=told)
    announce(post, "added", at=at)
    return post


def _owe(post: Post, at: datetime) -> None:
    """A post about an incident owes an outcome; a post that tells it settles the debt."""
    if post.kind == "outcome":
        OutcomeOwed.objects.open().filter(post=post.root).update(settled_at=at)
    elif post.kind in OWES_OUTCOME and not _is_over(post):
        due = policy.in_force(at=at).outcome_due(at)
        OutcomeOwed.objects.get_or_create(
            post=post.root, defaults={"officer": post.author, "due_at": due}
        )


def _is_over(post: Post) -> bool:
    return post.incident is not None and post.incident.state == "over"

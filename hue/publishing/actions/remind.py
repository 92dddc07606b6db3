"""What waits too long is called out: an outcome that is owed, a post that nobody answers."""

from datetime import datetime

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.governance import policy
from hue.incidents.models import Incident
from hue.people.access import require
from hue.people.models import Officer
from hue.people.roles import Permission
from hue.publishing.announce import announce
from hue.publishing.models import OutcomeOwed, OutcomeOwedQuerySet, Post
from hue.streams.tell import tell

REMINDED = Kind("outcome.reminded", "{by} reminded {whom} that the public waits for an outcome.")
SETTLED = Kind("outcome.settled", "{by} told the public what came of an incident ({place}).")
OWED_AGAIN = Kind("outcome.owed_again", "{by} noted that an outcome is owed again ({place}).")
ESCALATED = Kind(
    "post.escalated", "{by} called more people: a post of {author} waits {minutes} minutes."
)
REOPENED = "0"  # the Home Office code of what is not assigned yet


@transaction.atomic
def remind_officer(*, by: Officer, at: datetime, owed: OutcomeOwed) -> None:
    """From now on the public line says that an update is due. Twice does no harm."""
    require(by, Permission.SEE_DESK)
    Post.objects.locked(owed.post)
    mine = OutcomeOwed.objects.to_remind_officer(at=at).filter(pk=owed.pk)
    if not mine.update(officer_reminded_at=at):
        return
    record(REMINDED, by=by, at=at, subject=owed.post, data={"whom": str(owed.officer)})
    tell(f"officer/{owed.officer.pk}", "reminder", {"post": owed.post.pk}, at=at)
    announce(owed.post, "changed", at=at)


@transaction.atomic
def remind_supervisors(*, by: Officer, at: datetime, owed: OutcomeOwed) -> None:
    require(by, Permission.SEE_DESK)
    mine = OutcomeOwed.objects.open().filter(pk=owed.pk, supervisor_reminded_at=None)
    if not mine.update(supervisor_reminded_at=at):
        return
    record(REMINDED, by=by, at=at, subject=owed.post, data={"whom": "the supervisors"})
    tell("desk", "reminder", {"post": owed.post.pk, "officer": str(owed.officer)}, at=at)


@transaction.atomic
def tell_news(*, by: Officer, at: datetime, incident: Incident) -> None:
    """What became known of an incident goes to its public lines, and settles what is owed."""
    require(by, Permission.SEE_INCIDENTS)
    if not Incident.objects.filter(pk=incident.pk, news=True).update(news=False):
        return
    incident.refresh_from_db()
    roots = list(
        Post.objects.filter(incident=incident, thread=None, state="published").to_read().order_by()
    )
    owed = OutcomeOwed.objects.filter(post__in=roots)
    place = {"place": incident.place}
    if incident.tells_outcome and owed.open().update(settled_at=at):
        record(SETTLED, by=by, at=at, subject=incident, data=place)
    if incident.outcome_code == REOPENED and _owe_again(owed, at):
        record(OWED_AGAIN, by=by, at=at, subject=incident, data=place)
    for root in roots:
        announce(root, "changed", at=at)


@transaction.atomic
def escalate(*, by: Officer, at: datetime, post: Post) -> None:
    """Nobody answered: everybody who may approve is called, and its author is told."""
    require(by, Permission.SEE_DESK)
    mine = Post.objects.filter(pk=post.pk, state="in_review", since=post.since)
    if not mine.update(escalated_at=at):
        return
    minutes = int((at - post.since).total_seconds() // 60)
    told = {"author": str(post.author), "minutes": minutes}
    record(ESCALATED, by=by, at=at, subject=post, data=told)
    tell("desk", "waiting", {"post": post.pk, "escalated": True}, at=at)
    tell(f"officer/{post.author.pk}", "waiting", {"post": post.pk, "escalated": True}, at=at)


def _owe_again(owed: OutcomeOwedQuerySet, at: datetime) -> int:
    return owed.exclude(settled_at=None).update(
        settled_at=None,
        due_at=policy.in_force(at=at).outcome_due(at),
        officer_reminded_at=None,
        supervisor_reminded_at=None,
    )

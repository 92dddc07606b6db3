"""A post as an alert for other systems: told, kept in step with the post, called off."""

from datetime import datetime
from typing import Any

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.governance.access import require_no_halt
from hue.lib.html import plain
from hue.people.access import require
from hue.people.models import Officer
from hue.people.roles import Permission
from hue.publishing import access, alerting, cap, guarding, outward
from hue.publishing.models import Alert, Post

ALERTED = Kind("alert.sent", "{by} sent the alert “{event}”, until {until}.")
CALLED_OFF = Kind("alert.cancelled", "{by} called off the alert “{event}”.")
EXPIRED = Kind("alert.expired", "The time of the alert “{event}” was over.")


@transaction.atomic
def send_alert(
    *,
    by: Officer,
    at: datetime,
    post: Post,
    event: str,
    expires_at: datetime,
    instruction: str = "",
    **codes: Any,
) -> Alert:
    """Beside the post's words; `codes` are category, urgency, severity, certainty, exercise."""
    post = Post.objects.locked(post)
    require(by, Permission.SEND_ALERTS)
    require_no_halt()
    event, instruction = plain(event), plain(instruction)
    access.may_be_an_alert(post, event, expires_at, at=at)
    guarding.reason_must_pass(post, f"{event}. {instruction}", by=by, at=at)
    alert = Alert.objects.filter(post=post).first() or Alert(post=post)
    told = {"event": event, "instruction": instruction, "expires_at": expires_at, **codes}
    for name, value in (told | {"by": by}).items():
        setattr(alert, name, value)
    if alert.pk:
        alert.GRAPH.check(alert.state, "in_force")
        alert.state = "in_force"
    alert.save()
    alerting.tell(alert, "Alert", at=at)
    outward.alerted(post, at=at)
    said = {"event": event, "until": cap.in_words(expires_at)}
    record(ALERTED, by=by, at=at, subject=post, data=said)
    return alert


@transaction.atomic
def cancel_alert(*, by: Officer, at: datetime, post: Post) -> None:
    """One tap: whoever passed it on is told at once that it is over."""
    post = Post.objects.locked(post)
    require(by, Permission.SEND_ALERTS)
    alert = access.its_alert(post)
    alert.move_to("cancelled")
    alerting.tell(alert, "Cancel", at=at)
    record(CALLED_OFF, by=by, at=at, subject=post, data={"event": alert.event})


@transaction.atomic
def expire_alert(*, by: Officer, at: datetime, alert: Alert) -> None:
    require(by, Permission.SEND_ALERTS)
    alert.move_to("expired")
    alerting.mark(alert.post, at=at)
    record(EXPIRED, by=by, at=at, subject=alert.post, data={"event": alert.event})

"""Alerts in step with their posts, and what a message of one says."""

from datetime import datetime

from django.conf import settings

from hue.pages import shell, stale
from hue.publishing import cap
from hue.publishing.models import Alert, AlertMessage, Post
from hue.publishing.states import GONE

SOURCE, FEED = "publishing.alert", "publishing.alerts"


def follow(post: Post, *, at: datetime) -> None:
    """The post was changed or taken back: so is what other systems were told of it."""
    alert = Alert.objects.filter(post=post).first()
    if alert is None:
        return
    if alert.state != "in_force":
        mark(post, at=at)  # an older file may hold the words
    elif post.state in GONE:
        alert.move_to("cancelled")
        tell(alert, "Cancel", at=at)
    elif not alert.messages.filter(version=post.version).exists():
        tell(alert, "Update", at=at)


def tell(alert: Alert, kind: str, *, at: datetime) -> None:
    last = alert.messages.last()
    AlertMessage.objects.create(
        alert=alert,
        number=last.number + 1 if last else 1,
        kind=kind,
        version=alert.post.version,
        sent_at=at,
    )
    mark(alert.post, at=at)


def mark(post: Post, *, at: datetime) -> None:
    stale.mark((SOURCE, post.pk), (FEED, ""), at=at)


def last_message(alert: Alert) -> cap.Message:
    """Of an alert whose post may have been taken back: then it is a Cancel, without words."""
    *before, last = alert.messages.all()
    post, over = alert.post, last.kind == "Cancel"
    if last.kind == "Alert":
        before = []  # a new one, whatever there was of it before
    place, gone = post.neighbourhood, post.state in GONE
    event = cap.CATEGORIES[alert.category] if gone else alert.event
    return cap.Message(
        identifier=_identifier(post, last),
        sender=_sender(),
        sent=last.sent_at,
        exercise=alert.exercise,
        kind=last.kind,
        references=[
            f"{_sender()},{_identifier(post, one)},{cap.stamp(one.sent_at)}" for one in before
        ],
        event=event[: cap.LONGEST_EVENT],
        category=alert.category,
        urgency="Past" if over else alert.urgency,
        severity=alert.severity,
        certainty=alert.certainty,
        expires=alert.expires_at,
        sender_name=shell.who()["name"],
        headline=f"Called off: {event}" if over else cap.headline(post.text),
        description="This alert is over." if over else post.text,
        instruction="" if over else alert.instruction,
        web=settings.HUE_SITE + post.address,
        area=place.name if place else shell.who()["name"],
        polygons=cap.polygons(place.boundary) if place else [],
    )


def _sender() -> str:
    return str(settings.HUE_SITE).partition("://")[2]


def _identifier(post: Post, message: AlertMessage) -> str:
    return f"{_sender()}/alerts/{post.pk}/{message.number}"

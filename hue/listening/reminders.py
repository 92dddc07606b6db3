"""What waits for an officer here: a risk to life, a watch to approve, a review that is due."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from hue.listening.models import Danger
from hue.listening.queries.watches import circles, to_approve, to_review
from hue.people.models import Officer
from hue.people.roles import Permission

Told = tuple[str, str, str, str]


def of(officer: Officer, *, at: datetime) -> Iterator[Told]:
    """Kind, words, address and label of each banner."""
    if officer.may(Permission.LISTEN):
        yield from _dangers(officer)
    if watch := to_approve(officer).first():
        url = reverse("listening:watch", args=[watch.pk])
        yield "reminder", f"{watch.written_by} asks for a watch: {watch}.", url, "Look at it"
    if watch := to_review(officer, at=at).first():
        url = reverse("listening:watch", args=[watch.pk])
        yield "reminder", f"Is the watch {watch} still needed? Its review is due.", url, "Review it"


def _dangers(officer: Officer) -> Iterator[Told]:
    waiting = Danger.objects.open().filter(role__in=circles(officer)).count()
    if waiting:
        many = f"{waiting} risks to life wait" if waiting > 1 else "A risk to life waits"
        yield "amber", f"{many} for a hand-off.", reverse("listening:desk"), "Look now"

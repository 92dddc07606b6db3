"""What colleagues wait for, as banners of the desk: an answer, a word about somebody new."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.urls import reverse
from django.utils.text import Truncator

from hue.lib import clock
from hue.people.models import Officer
from hue.people.roles import Permission
from hue.training import access, queries
from hue.training.models import Mentoring


class Reminder(NamedTuple):
    kind: str
    text: str
    url: str
    label: str


def of(officer: Officer, *, at: datetime) -> list[Reminder]:
    return [
        *_silent(officer, at),
        *_answers(officer),
        *_mentees(officer),
        *_ready(officer),
    ]


def _silent(officer: Officer, at: datetime) -> Iterator[Reminder]:
    """To everybody who may answer, once a question has waited too long."""
    if not officer.may(Permission.ANSWER_QUESTIONS):
        return
    oldest = queries.silent().exclude(asker=officer).first()
    if oldest is None:
        return
    wait = clock.in_words(at - oldest.asked_at)
    says = f"A question of {oldest.asker} to the desk waits {wait}, and nobody answers."
    url = f"{reverse('training:question', args=[oldest.pk])}?queue=asked"
    yield Reminder("amber", says, url, "Answer it")


def _answers(officer: Officer) -> Iterator[Reminder]:
    """To whoever asked, while the draft still waits."""
    newest = queries.unread_by(officer).order_by("-answered_at").select_related("post").first()
    if newest is not None:
        url = reverse("publishing:item", args=[newest.post.pk])
        says = f"The desk answered you: {Truncator(newest.answer).chars(80)}"
        yield Reminder("reminder", says, url, "Your draft")


def _mentees(mentor: Officer) -> Iterator[Reminder]:
    """To a mentor who has not said anything, once every case is passed."""
    for mentoring in queries.watched_by(mentor).filter(state="watching"):
        passed, all_ = queries.progress(mentoring.officer)
        if passed == all_:
            says = f"{mentoring.officer} has passed every practice case: are they ready?"
            yield _about(mentoring, says, "Say so, or why not")


def _ready(officer: Officer) -> Iterator[Reminder]:
    """To the supervisor who named the mentor, once nothing is missing any more."""
    for mentoring in Mentoring.objects.going_on().filter(named_by=officer, state="ready"):
        if not access.what_is_missing(mentoring.officer):
            says = f"{mentoring.mentor} says that {mentoring.officer} is ready to post in public."
            yield _about(mentoring, says, "End the practice")


def _about(mentoring: Mentoring, says: str, label: str) -> Reminder:
    url = reverse("training:officer", args=[mentoring.officer.pk])
    return Reminder("reminder", says, url, label)

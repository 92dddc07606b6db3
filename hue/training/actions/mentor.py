"""Who watches over somebody who practises, what they say, and the end of the practice."""

from datetime import datetime

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.lib.html import plain
from hue.people import actions as people
from hue.people.access import Refused
from hue.people.models import Officer
from hue.streams.tell import tell, tell_all
from hue.training import access
from hue.training.models import Mentoring

NAMED = Kind("mentor.named", "{by} named {mentor} the mentor of {name}.")
READY = Kind("mentor.ready", "{by}, the mentor, said that {name} is ready to post in public.")
NOT_YET = Kind("mentor.not_yet", "{by}, the mentor, said that {name} is not ready yet: {because}")


@transaction.atomic
def name_mentor(*, by: Officer, at: datetime, officer: Officer, mentor: Officer) -> Mentoring:
    """Another one takes the place of who was named before."""
    access.may_name_mentor(by, officer)
    access.may_be_mentor(mentor, officer)
    Officer.objects.select_for_update().get(pk=officer.pk)  # two supervisors at once
    _over(officer)
    mentoring = Mentoring.objects.create(officer=officer, mentor=mentor, named_by=by, named_at=at)
    told = {"name": str(officer), "mentor": str(mentor)}
    record(NAMED, by=by, at=at, subject=officer, personal=told)
    both = [f"officer/{officer.pk}", f"officer/{mentor.pk}"]
    tell_all(both, "reminder", {"officer": officer.pk}, at=at)
    return mentoring


@transaction.atomic
def say_ready(*, by: Officer, at: datetime, mentoring: Mentoring) -> Mentoring:
    """A supervisor ends the practice; the mentor has seen enough."""
    access.may_judge(by, mentoring)
    mentoring.move_to("ready", because="", said_at=at)
    told = {"name": str(mentoring.officer)}
    record(READY, by=by, at=at, subject=mentoring.officer, personal=told)
    both = [f"officer/{mentoring.officer.pk}", f"officer/{mentoring.named_by.pk}"]
    tell_all(both, "reminder", {"officer": mentoring.officer.pk}, at=at)
    return mentoring


@transaction.atomic
def say_not_yet(*, by: Officer, at: datetime, mentoring: Mentoring, because: str) -> Mentoring:
    access.may_judge(by, mentoring)
    because = plain(because)
    if not because:
        raise Refused("Say why not yet: it is what they learn from.")
    mentoring.move_to("not_yet", because=because, said_at=at)
    told = {"name": str(mentoring.officer), "because": because}
    record(NOT_YET, by=by, at=at, subject=mentoring.officer, personal=told)
    topic = f"officer/{mentoring.officer.pk}"
    tell(topic, "reminder", {"officer": mentoring.officer.pk}, at=at)
    return mentoring


@transaction.atomic
def end_practice(*, by: Officer, at: datetime, officer: Officer) -> Officer:
    """Their next post is public: the cases are passed and the mentor agrees, where the policy
    asks for that."""
    access.may_end_practice(by, officer, at=at)
    people.end_practice(by=by, at=at, officer=officer)
    _over(officer)
    return officer


def _over(officer: Officer) -> None:
    for mentoring in Mentoring.objects.going_on().filter(officer=officer):
        mentoring.move_to("over")

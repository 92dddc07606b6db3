"""A watch from its charter to its end."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.lib.html import plain
from hue.listening import access
from hue.listening.models import Remark, Source, Watch
from hue.listening.sieve import DAYS, DAYS_OF_AN_INCIDENT
from hue.pages import stale
from hue.people.access import Refused
from hue.people.models import Neighbourhood, Officer
from hue.streams.tell import tell

WRITTEN = Kind("watch.written", "{by} wrote the watch “{watch}” for the role {role}: {topics}.")
APPROVED = Kind("watch.approved", "{by} approved the watch “{watch}” until {until}.")
REFUSED = Kind("watch.refused", "{by} refused the watch “{watch}”: {why}")
ENDED = Kind("watch.ended", "{by} ended the watch “{watch}” after {heard} remarks.")
REVIEWED = Kind("watch.reviewed", "{by} reviewed the watch “{watch}” and keeps it: {why}")
DECLARED = Kind("watch.incident", "{by} keeps what “{watch}” hears for 30 days: {incident}.")
OVER = Kind("watch.incident_over", "{by} keeps what “{watch}” hears for 7 days again.")


@dataclass(frozen=True)
class Charter:
    """What is said of a watch before it hears anything."""

    name: str
    role: str
    purpose: str
    basis: str
    topics: list[str]
    owner: Officer
    sources: list[Source]
    starts_at: datetime
    review_at: datetime
    expires_at: datetime
    places: tuple[Neighbourhood, ...] = ()
    necessity: str = ""


@transaction.atomic
def write(*, by: Officer, at: datetime, charter: Charter) -> Watch:
    access.may_write(by, charter.role)
    topics = access.topics_that_work([plain(topic) for topic in charter.topics])
    purpose, basis, necessity = map(plain, (charter.purpose, charter.basis, charter.necessity))
    access.in_words(purpose=purpose, basis=basis)
    access.necessity_that_works(topics, necessity)
    access.times_that_work(charter.starts_at, charter.review_at, charter.expires_at, at=at)
    if not charter.sources:
        raise Refused("Choose where it listens: one source at least.")
    watch = Watch.objects.create(
        name=" ".join(plain(charter.name).split()),
        role=charter.role,
        purpose=purpose,
        basis=basis,
        necessity=necessity,
        topics=topics,
        owner=charter.owner,
        starts_at=charter.starts_at,
        review_at=charter.review_at,
        expires_at=charter.expires_at,
        written_by=by,
        written_at=at,
    )
    watch.places.set(charter.places)
    watch.sources.set(charter.sources)
    told = {"watch": watch.name, "role": watch.role, "topics": ", ".join(topics)}
    record(WRITTEN, by=by, at=at, subject=watch, data=told)
    tell("desk", "banner", {}, at=at)  # who may approve it is reminded
    return watch


@transaction.atomic
def approve(*, by: Officer, at: datetime, watch: Watch) -> None:
    access.may_decide(by, watch)
    if watch.expires_at <= at:
        raise Refused("This watch would be over already: have it written anew.")
    watch.move_to("approved", decided_by=by, decided_at=at)
    told = {"watch": watch.name, "until": f"{watch.expires_at:%-d %B %Y}"}
    record(APPROVED, by=by, at=at, subject=watch, data=told)
    _changed(at)


@transaction.atomic
def refuse(*, by: Officer, at: datetime, watch: Watch, why: str) -> None:
    access.may_decide(by, watch)
    why = plain(why)
    access.in_words(reason=why)
    watch.move_to("refused", decided_by=by, decided_at=at, why_refused=why)
    record(REFUSED, by=by, at=at, subject=watch, data={"watch": watch.name, "why": why})
    tell("desk", "banner", {}, at=at)


@transaction.atomic
def end(*, by: Officer, at: datetime, watch: Watch) -> None:
    """Nothing new comes in; what was heard goes when its days are over."""
    access.may_end(by, watch)
    watch.move_to("ended")
    told = {"watch": watch.name, "heard": watch.heard}
    record(ENDED, by=by, at=at, subject=watch, data=told)
    _changed(at)


@transaction.atomic
def review(*, by: Officer, at: datetime, watch: Watch, why: str, next_at: datetime) -> None:
    """LIS-5: somebody looks whether it is still needed, and says why."""
    access.may_end(by, watch)
    why = plain(why)
    access.in_words(reason=why)
    if not at < next_at <= watch.expires_at:
        raise Refused("The next review lies between now and the end of the watch.")
    Watch.objects.filter(pk=watch.pk).update(review_at=next_at)
    record(REVIEWED, by=by, at=at, subject=watch, data={"watch": watch.name, "why": why})
    tell("desk", "banner", {}, at=at)


@transaction.atomic
def declare(*, by: Officer, at: datetime, watch: Watch, incident: str) -> None:
    """A declared incident: words are kept for thirty days. Empty: for seven again."""
    access.may_end(by, watch)
    access.may_declare(by)
    incident = " ".join(plain(incident).split())
    Watch.objects.filter(pk=watch.pk).update(incident=incident)
    _reckon(watch.role)
    if incident:
        told = {"watch": watch.name, "incident": incident}
        record(DECLARED, by=by, at=at, subject=watch, data=told)
    else:
        record(OVER, by=by, at=at, subject=watch, data={"watch": watch.name})
    _changed(at)


def _changed(at: datetime) -> None:
    stale.mark(("listening.public", ""), at=at)
    tell("desk", "banner", {}, at=at)


def _reckon(role: str) -> None:
    """After an incident was declared or is over: when each remark goes."""
    held = Watch.objects.filter(role=role).exclude(incident="").values_list("pk", flat=True)
    own = Remark.objects.filter(role=role)
    own.filter(watches__overlap=list(held)).update(expires_at=F("taken_at") + DAYS_OF_AN_INCIDENT)
    own.exclude(watches__overlap=list(held)).update(expires_at=F("taken_at") + DAYS)

"""What the public sends in: a claim they ask about, an answer they doubt, and what comes of it."""

from datetime import datetime, timedelta

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.lib.html import plain
from hue.listening import access
from hue.listening.actions.rumours.decide import reopen
from hue.listening.actions.rumours.enter import Glimpse, see
from hue.listening.announce import show_anew
from hue.listening.models import Asked, Challenge, Rumour
from hue.people import wording
from hue.people.access import Refused
from hue.people.models import Neighbourhood, Officer
from hue.streams.tell import tell

ASKED = Kind("asked.came", "{by} took in a claim that somebody asks about.")
TAKEN_UP = Kind("asked.taken_up", "{by} took up a claim that somebody asked about.")
DROPPED = Kind("asked.dropped", "{by} put away a claim that somebody asked about: {why}")
CHALLENGED = Kind("rumour.challenged", "{by} took in that somebody doubts the answer.")
UPHELD = Kind("rumour.challenge_upheld", "{by} found that somebody doubts it rightly: {because}")
DECLINED = Kind("rumour.challenge_declined", "{by} looked again, and the answer stands: {because}")
FORGOT = Kind("asked.forgot", "{by} forgot from where {count} questions had come.")
KEPT = timedelta(hours=24)


@transaction.atomic
def ask(
    *, by: Officer, at: datetime, words: str, source: str, place: Neighbourhood | None = None
) -> Asked:
    """The same words from the same source are one question."""
    access.may_ask(by)
    words = plain(words)
    if not words:
        raise Refused("Paste or write what you have seen.")
    if known := Asked.objects.filter(words=words, source=source, state="waiting").first():
        return known
    access.not_flooded(source, at=at)
    row = Asked.objects.create(words=words, source=source, place=place, at=at)
    record(ASKED, by=by, at=at, subject=f"asked:{row.pk}")
    tell("desk", "waiting", {"asked": row.pk}, at=at)
    return row


@transaction.atomic
def take_up(*, by: Officer, at: datetime, asked: Asked, rumour: Rumour) -> Asked:
    """It is of this rumour, which was seen once more."""
    access.may_keep(by)
    asked.move_to("taken_up", rumour=rumour)
    see(by=by, at=at, rumour=rumour, glimpse=Glimpse("form", asked.place))
    record(TAKEN_UP, by=by, at=at, subject=f"asked:{asked.pk}")
    return asked


@transaction.atomic
def drop(*, by: Officer, at: datetime, asked: Asked, why: str) -> Asked:
    """Nothing that the register is for: a greeting, a crime report, nonsense."""
    access.may_keep(by)
    why = plain(why)
    if not why:
        raise Refused("Say why it is put away: it stands in the record.")
    asked.move_to("dropped")
    record(DROPPED, by=by, at=at, subject=f"asked:{asked.pk}", data={"why": why})
    tell("desk", "changed", {"asked": asked.pk}, at=at)
    return asked


@transaction.atomic
def challenge(*, by: Officer, at: datetime, rumour: Rumour, words: str, source: str) -> Challenge:
    access.may_ask(by)
    words = plain(words)
    if not words:
        raise Refused("Say what is wrong with the answer, and how you know.")
    if known := rumour.challenges.filter(words=words, source=source, state="open").first():
        return known
    access.not_flooded(source, at=at)
    verdict = rumour.verdicts.filter(state="in_force").first()
    row = Challenge.objects.create(
        rumour=rumour, verdict=verdict, words=words, source=source, at=at
    )
    record(CHALLENGED, by=by, at=at, subject=rumour)
    tell("desk", "waiting", {"challenge": row.pk}, at=at)
    return row


@transaction.atomic
def decide_challenge(
    *, by: Officer, at: datetime, challenge: Challenge, upholds: bool, because: str
) -> Challenge:
    """By somebody else than the decider. What is upheld opens the question again."""
    rumour = Rumour.objects.locked(challenge.rumour)
    access.may_decide_challenge(by, challenge)
    because = plain(because)
    if not because:
        raise Refused("Say why: it stands on the public page.")
    if rumour.shown_at:
        wording.must_pass(because, by=by, at=at)
    told = {"decided_by": by, "decided_at": at, "because": because}
    challenge.move_to("upheld" if upholds else "declined", **told)
    if upholds:
        record(UPHELD, by=by, at=at, subject=rumour, data={"because": because})
    else:
        record(DECLINED, by=by, at=at, subject=rumour, data={"because": because})
    if upholds and rumour.state not in {"unverified", "independent"}:
        reopen(by=by, at=at, rumour=rumour, seen=rumour.version, why=because)
    else:
        show_anew(rumour, at=at)
    return challenge


@transaction.atomic
def forget_sources(*, by: Officer, at: datetime) -> int:
    """A day later nobody can tell any more which questions came from one connection."""
    access.require_software(by)
    old = {"at__lte": at - KEPT}
    count = Asked.objects.filter(**old).exclude(source="").update(source="")
    count += Challenge.objects.filter(**old).exclude(source="").update(source="")
    if count:
        record(FORGOT, by=by, at=at, subject="asked", data={"count": count})
    return count

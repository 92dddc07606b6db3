"""What the force says about a rumour: decided by a named person, by two where it is about us."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.lib.html import plain
from hue.listening import access
from hue.listening.announce import show_anew
from hue.listening.models import Check, Rumour, Verdict
from hue.people import wording
from hue.people.access import Refused
from hue.people.models import Officer
from hue.streams.tell import tell

DECIDED = Kind("rumour.decided", "{by} decided a rumour: {verdict}. Why: {why}")
PROPOSED = Kind(
    "rumour.proposed", "{by} proposed a verdict on a rumour about the force: {verdict}. Why: {why}"
)
SECONDED = Kind("rumour.seconded", "{by}, the second decider, agreed to: {verdict}. {says}")
REFUSED = Kind("rumour.not_seconded", "{by}, the second decider, did not agree: {says}")
REOPENED = Kind("rumour.reopened", "{by} opened the question again: {why}")
CHECKED = Kind("rumour.checked", "{by} looked at: {what}.")
SHOWN = Kind("rumour.shown", "{by} put the rumour on the public pages.")

MODEL = ("code", "information", "assessment", "powers", "options", "action")  # RSK-3


@dataclass(frozen=True)
class Answer:
    """What is decided. `looked_at` and `says` are public, `rationale` is for the record."""

    verdict: str
    says: str
    looked_at: str
    rationale: str
    next_check_at: datetime
    changed_because: str = ""
    decision_model: dict[str, str] = field(default_factory=dict)

    def cleaned(self) -> dict[str, Any]:
        return {
            "verdict": self.verdict,
            "answer": plain(self.says),
            "looked_at": plain(self.looked_at),
            "rationale": plain(self.rationale),
            "next_check_at": self.next_check_at,
            "changed_because": plain(self.changed_because),
            "decision_model": {
                name: plain(said) for name, said in self.decision_model.items() if name in MODEL
            },
        }


@transaction.atomic
def decide(
    *, by: Officer, at: datetime, rumour: Rumour, seen: int, answer: Answer, show: bool = True
) -> Verdict:
    """A verdict with its reasons. Where the force is the subject it waits for a second decider."""
    rumour = Rumour.objects.locked(rumour)
    access.may_give_verdict(by, rumour)
    access.same_version(rumour, seen)
    said = answer.cleaned()
    access.an_answer(said["answer"], said["looked_at"], said["rationale"])
    access.a_reason_for_change(_in_force(rumour), said["verdict"], said["changed_because"])
    access.still_to_come(said["next_check_at"], at=at)
    shows = show or rumour.shown_at is not None
    if shows:
        _must_pass(rumour, said, by=by, at=at)
    verdict = Verdict.objects.create(rumour=rumour, by=by, at=at, shown=shows, **said)
    # Why somebody decided often names whom the guard protects: it can be shredded.
    told = {"verdict": verdict.get_verdict_display(), "why": verdict.rationale}
    if rumour.about_us:
        record(PROPOSED, by=by, at=at, subject=rumour, personal=told)
        tell("desk", "waiting", {"rumour": rumour.pk}, at=at)
        return verdict
    record(DECIDED, by=by, at=at, subject=rumour, personal=told)
    _put_in_force(verdict, by=by, at=at)
    return verdict


@transaction.atomic
def second(*, by: Officer, at: datetime, verdict: Verdict, agrees: bool, says: str) -> Verdict:
    """The second decider's word. Who does not agree says why, and it is decided anew."""
    rumour = Rumour.objects.locked(verdict.rumour)
    access.may_second(by, verdict)
    says = plain(says)
    if not says:
        raise Refused("Say why: it stands in the record beside the first decider's reasons.")
    if not agrees:
        verdict.move_to("refused", second=by, second_at=at, second_says=says)
        record(REFUSED, by=by, at=at, subject=rumour, personal={"says": says})
        tell("desk", "waiting", {"rumour": rumour.pk}, at=at)
        return verdict
    Verdict.objects.filter(pk=verdict.pk).update(second=by, second_at=at, second_says=says)
    told = {"verdict": verdict.get_verdict_display(), "says": says}
    record(SECONDED, by=by, at=at, subject=rumour, personal=told)
    _put_in_force(verdict, by=by, at=at)
    return verdict


@transaction.atomic
def reopen(*, by: Officer, at: datetime, rumour: Rumour, seen: int, why: str) -> Rumour:
    """Something new came up: the public reads that we do not know yet, and the older answer."""
    rumour, why = Rumour.objects.locked(rumour), plain(why)
    access.may_answer(by, rumour)
    access.same_version(rumour, seen)
    if not why:
        raise Refused("Say why it is open again: the public reads it.")
    if rumour.shown_at:
        wording.must_pass(why, by=by, at=at, urgent=True)
    if before := _in_force(rumour):
        before.move_to("replaced", replaced_at=at, changed_because=why)
    rumour.move_to(
        "unverified", version=rumour.version + 1, answer="", looked_at="", next_check_at=at
    )
    record(REOPENED, by=by, at=at, subject=rumour, data={"why": why})
    show_anew(rumour, at=at)
    return rumour


@transaction.atomic
def check(*, by: Officer, at: datetime, rumour: Rumour, what: str, found: str) -> Check:
    """Something was looked at; what it showed stays on the desk."""
    access.may_keep(by)
    access.not_merged(rumour)
    what, found = plain(what), plain(found)
    if not (what and found):
        raise Refused("Say what you looked at, and what it showed.")
    row = Check.objects.create(rumour=rumour, what=what, found=found, by=by, at=at)
    record(CHECKED, by=by, at=at, subject=rumour, data={"what": what})
    tell("desk", "changed", {"rumour": rumour.pk}, at=at)
    return row


@transaction.atomic
def show(*, by: Officer, at: datetime, rumour: Rumour, seen: int) -> Rumour:
    """In public before it is decided: “we do not know yet” is an answer."""
    rumour = Rumour.objects.locked(rumour)
    access.may_answer(by, rumour)
    access.same_version(rumour, seen)
    if rumour.shown_at is None:
        # Empty before it is decided.
        public = (rumour.question, rumour.claim, rumour.answer, rumour.looked_at)
        wording.must_pass(*public, by=by, at=at)
        if rumour.verdicts.filter(state="in_force").update(shown=True):
            rumour.countered_at = rumour.countered_at or at
        rumour.shown_at = at
        rumour.save(update_fields=["shown_at", "countered_at"])
        record(SHOWN, by=by, at=at, subject=rumour)
        show_anew(rumour, at=at)
    return rumour


def _in_force(rumour: Rumour) -> Verdict | None:
    return rumour.verdicts.filter(state="in_force").first()


def _must_pass(rumour: Rumour, said: dict[str, Any], *, by: Officer, at: datetime) -> None:
    """Everything that the page will show, read together: two harmless halves may name somebody."""
    public = (said[name] for name in ("answer", "looked_at", "changed_because"))
    wording.must_pass(rumour.question, rumour.claim, *public, by=by, at=at)


def _put_in_force(verdict: Verdict, *, by: Officer, at: datetime) -> None:
    rumour = verdict.rumour = Rumour.objects.get(pk=verdict.rumour.pk)
    if before := _in_force(rumour):
        because = verdict.changed_because
        before.move_to("replaced", replaced_at=at, changed_because=because)
    verdict.move_to("in_force", in_force_at=at)
    rumour.move_to(
        verdict.verdict,
        version=rumour.version + 1,
        answer=verdict.answer,
        looked_at=verdict.looked_at,
        checked_at=at,
        checked_by=verdict.by,
        next_check_at=verdict.next_check_at,
        shown_at=rumour.shown_at or (at if verdict.shown else None),
        countered_at=rumour.countered_at or (at if verdict.shown else None),
    )
    show_anew(rumour, at=at)

"""What came of it: dated steps against a suspect, the outcome, and the victim's being told."""

from datetime import datetime

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.incidents import access
from hue.incidents.case import facts
from hue.incidents.kinds import OUTCOMES, STEPS
from hue.incidents.models import Incident, Proceeding
from hue.incidents.states import PROCEEDINGS
from hue.lib.html import plain
from hue.people import wording
from hue.people.access import Refused, require
from hue.people.models import Officer
from hue.people.roles import Permission

STEP_ADDED = Kind("incident.step", "{by} noted for suspect {suspect}: {step}.")
OUTCOME_NOTED = Kind("incident.outcome", "{by} noted what came of it: {words} (code {code}).")
VICTIM_INFORMED = Kind("incident.victim_informed", "{by} noted that the victim was told, on {day}.")
STILL_OPEN = "0"


@transaction.atomic
def add_step(
    *, by: Officer, at: datetime, incident: Incident, step: str, when: datetime, suspect: int = 1
) -> Proceeding:
    """A dated step against one suspect; the order is that of the law."""
    require(by, Permission.RECORD_INCIDENTS)
    Incident.objects.locked(incident)
    access.has_happened(when, at=at)
    if suspect > 1 and not _known(incident, suspect):
        raise Refused("Suspects are numbered one after the other.")
    last = incident.proceedings.filter(suspect=suspect).last()
    if last is not None or step != PROCEEDINGS.start:
        PROCEEDINGS.check(last.step if last else PROCEEDINGS.start, step)
    if last is not None and when < last.at:
        raise Refused(f"The step before ({STEPS[last.step]}) was later than that.")
    proceeding = Proceeding.objects.create(
        incident=incident, suspect=suspect, step=step, at=when, by=by
    )
    incident.tell_news()
    incident.tell_case_changed()
    record(
        STEP_ADDED, by=by, at=at, subject=incident, data={"suspect": suspect, "step": STEPS[step]}
    )
    return proceeding


@transaction.atomic
def note_outcome(
    *, by: Officer, at: datetime, incident: Incident, code: str = "", words: str = ""
) -> None:
    """What came of it, as a code, in plain words, or both; code 0 opens it again."""
    require(by, Permission.RECORD_INCIDENTS)
    access.may_be_told(code, words)
    now = Incident.objects.locked(incident)
    around = facts(now, at=at).around(words, at=at)
    wording.must_pass(words, by=by, at=at, case=around)
    incident.state = now.state
    state = "open" if code == STILL_OPEN else "over"
    if incident.state != state:
        incident.move_to(state)
    incident.outcome_code, incident.outcome_words = code, plain(words)
    incident.outcome_at = None if state == "open" else at
    incident.save(update_fields=["outcome_code", "outcome_words", "outcome_at"])
    incident.tell_news()
    incident.tell_case_changed()
    told = {"code": code or "none", "words": words or OUTCOMES.get(code, "")}
    record(OUTCOME_NOTED, by=by, at=at, subject=incident, data=told)


@transaction.atomic
def inform_victim(*, by: Officer, at: datetime, incident: Incident, when: datetime) -> None:
    """That the victim knows, before the public does."""
    require(by, Permission.RECORD_INCIDENTS)
    access.has_happened(when, at=at)
    incident.victim_informed_at = when
    incident.save(update_fields=["victim_informed_at"])
    incident.tell_news()
    incident.tell_case_changed()
    record(VICTIM_INFORMED, by=by, at=at, subject=incident, data={"day": f"{when:%Y-%m-%d}"})


def _known(incident: Incident, suspect: int) -> bool:
    """Either the next one, or somebody who is noted already."""
    near = [suspect - 1, suspect]
    follows = incident.proceedings.filter(suspect__in=near).exists()
    return follows or incident.concerned.filter(suspect__in=near).exists()

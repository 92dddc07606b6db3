"""Noting in a case, and asking what the guard then finds."""

from datetime import datetime, timedelta

from hue.guard.check import check
from hue.guard.draft import Draft
from hue.incidents import actions
from hue.incidents.case import Case, facts
from hue.incidents.models import Concerned, Incident
from hue.people.models import Officer
from tests.cast import NOON, Cast

LATER = NOON + timedelta(hours=2)
NAME = "Orla Fennimore"


def note(by: Officer, incident: Incident, role: str = "suspect", **also: object) -> Concerned:
    given = {"name": NAME, "age": 34, **also}
    return actions.note_person(by=by, at=NOON, incident=incident, role=role, **given)  # type: ignore[arg-type]


def told(incident: Incident, at: datetime = LATER) -> Case:
    incident.refresh_from_db()
    return facts(incident, at=at)


def stops(incident: Incident, text: str, at: datetime = LATER) -> set[str]:
    """The rules that find something in these words, with what is known of the incident."""
    return {found.rule for found in check(Draft(text, at, **vars(told(incident, at)))).findings}


def step(cast: Cast, incident: Incident, name: str, suspect: int = 1) -> None:
    actions.add_step(
        by=cast.officer, at=NOON, incident=incident, step=name, when=NOON, suspect=suspect
    )

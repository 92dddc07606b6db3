"""A teacher whom a pupil accuses is not named before charge, whatever purpose is recorded."""

from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.names import named
from hue.guard.reading import Reading
from hue.guard.rule import Hit, Rule
from hue.guard.rules.naming.before_charge import is_before_charge
from hue.guard.situations import ARRESTED, CHARGED, PUPIL_ACCUSES


def find(reading: Reading) -> Iterator[Hit]:
    for person in reading.people("suspect", "wanted", "defendant"):
        if is_before_charge(reading, person):
            yield from named(reading, person)


def _applies(reading: Reading) -> bool:
    incident = reading.draft.incident
    return incident is not None and incident.offence == "teacher_by_pupil"


RULE = Rule(
    id="LAW-5",
    family="naming",
    severity=Severity.STOP,
    wrong="A teacher accused by a pupil must not be identified before charge.",
    right="Say “a man in his 30s”; no name, no school.",
    source="Judicial College, reporting restrictions in the criminal courts",
    when=_applies,
    find=find,
    caught=(
        PUPIL_ACCUSES("Kieran Holloway was arrested."),
        PUPIL_ACCUSES("Mr Holloway was arrested."),
        PUPIL_ACCUSES("Kez was arrested."),
        PUPIL_ACCUSES("A teacher at Brindle Motors academy was arrested."),
        PUPIL_ACCUSES("Released", file_names=["holloway-kieran.jpg"]),
        PUPIL_ACCUSES("K Holloway was arrested."),
    ),
    let_through=(
        PUPIL_ACCUSES("A man in his 30s was arrested."),
        CHARGED("Kieran Holloway is charged."),
        ARRESTED("A man is in custody."),
        PUPIL_ACCUSES("We are talking to parents."),
        "Mr Holloway taught us to skip rope.",
    ),
)

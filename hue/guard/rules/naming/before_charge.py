"""Nobody suspected is named before charge, unless an exceptional purpose is recorded."""

from collections.abc import Iterator

from hue.guard.draft import Person
from hue.guard.finding import Severity
from hue.guard.names import named
from hue.guard.proceedings import BEFORE_CHARGE
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Hit, Rule
from hue.guard.situations import (
    ARRESTED,
    CHARGED,
    NO_ACTION,
    NO_STEPS,
    OVERRIDDEN,
    RELEASED,
    SENTENCED,
)


def find(reading: Reading) -> Iterator[Hit]:
    for person in reading.people("suspect", "wanted", "defendant"):
        if not person.override and is_before_charge(reading, person):
            yield from named(reading, person)


def is_before_charge(reading: Reading, person: Person) -> bool:
    """A defendant without dated steps is before a court: that is the word's meaning."""
    if person.role == "defendant" and not reading.states:
        return False
    return reading.state_of(person) in BEFORE_CHARGE


RULE = Rule(
    id="PUB-2",
    family="naming",
    severity=Severity.STOP,
    wrong="This identifies somebody who is not charged.",
    right="Say gender, age and town; no name, nickname, workplace or street.",
    source="College of Policing, APP Media and communications: arrests, charges and outcomes",
    may_override=COMMAND,
    when=lambda reading: bool(reading.draft.persons),
    find=find,
    caught=(
        ARRESTED("Kieran Holloway, 34, is in custody."),
        ARRESTED("We have arrested Holloway."),
        ARRESTED("We have Kez in custody."),
        ARRESTED("The man from Brindle Motors is in custody."),
        ARRESTED("K. Holloway was arrested today."),
        ARRESTED("Кieran Hоlloway was arrested today."),  # Cyrillic letters
        NO_STEPS("We want to speak to Kieran Holloway."),
        RELEASED("Kieran Holloway was released."),
        NO_ACTION("Kieran Holloway faces no further action."),
        ARRESTED("See the picture.", file_names=["kieran-holloway.jpg"]),
    ),
    let_through=(
        ARRESTED("A 34-year-old man from Selly Oak is in custody."),
        CHARGED("Kieran Holloway, 34, is charged with burglary."),
        SENTENCED("Kieran Holloway was jailed for four years."),
        OVERRIDDEN("Have you seen Kieran Holloway? Call 999."),
        ARRESTED("Holloway Road is closed."),
        "PC Kieran Holloway is your new officer.",
    ),
)

"""Nobody suspected is named before charge, unless an exceptional purpose is recorded."""

from collections.abc import Iterator

from hue.guard.draft import Person
from hue.guard.finding import Severity
from hue.guard.names import named
from hue.guard.proceedings import BEFORE_CHARGE
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Hit, Rule, given, words
from hue.guard.situations import (
    ARRESTED,
    CHARGED,
    NO_ACTION,
    NO_STEPS,
    OVERRIDDEN,
    RELEASED,
    SENTENCED,
)

BEFORE_A_COURT = words("charge charges charged hearing trial attend appear show")
_ONE_CHARGED = {"proceedings": [{"person": "p1", "state": "charged", "at": "2026-11-20T09:00:00Z"}]}
_OTHER = {"id": "p2", "name": "Tia Orme", "role": "defendant"}


def find(reading: Reading) -> Iterator[Hit]:
    for person in reading.people("suspect", "wanted", "defendant"):
        if not person.override and is_before_charge(reading, person):
            yield from named(reading, person, first_name_too=True)


def is_before_charge(reading: Reading, person: Person) -> bool:
    """A defendant without dated steps is before a court: that is the word's meaning."""
    if person.role == "defendant" and not reading.has_steps(person):
        return False
    state = reading.state_of(person)
    # Who did not come to their hearing was charged before.
    if state == "warrant" and not BEFORE_A_COURT.isdisjoint(reading.words):
        return False
    return state in BEFORE_CHARGE


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
        ARRESTED("Kieran is in custody."),
        given(
            "after the arrest of Anthony Belling",
            incident={
                "proceedings": [{"person": "p9", "state": "arrested", "at": "2026-11-20T09:00:00Z"}]
            },
            persons=[{"id": "p9", "name": "Anthony Belling", "role": "suspect"}],
        )("Tony is in custody."),
        ARRESTED("See the picture.", file_names=["kieran-holloway.jpg"]),
    ),
    let_through=(
        ARRESTED("A 34-year-old man from Selly Oak is in custody."),
        CHARGED("Kieran Holloway, 34, is charged with burglary."),
        SENTENCED("Kieran Holloway was jailed for four years."),
        OVERRIDDEN("Have you seen Kieran Holloway? Call 999."),
        ARRESTED("Holloway Road is closed."),
        ARRESTED("PC Kieran Hughes made the arrest."),
        given(
            "charged with another, whose steps alone are entered",
            incident=_ONE_CHARGED,
            persons=[{"id": "p1", "name": "Al Orme"}, _OTHER],
        )("Al Orme and Tia Orme have been charged."),
        "PC Kieran Holloway is your new officer.",
    ),
)

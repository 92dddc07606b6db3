"""Nobody under 18 is named as defendant, suspect, witness or victim."""

from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.names import named
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Hit, Rule
from hue.guard.rules.naming.before_charge import is_before_charge
from hue.guard.situations import CHARGED, MISSING, YOUNG, YOUNG_WITNESS

ROLES = ("defendant", "suspect", "witness", "victim", "complainant", "informant")


def find(reading: Reading) -> Iterator[Hit]:
    for person in reading.people(*ROLES):
        has_basis = person.override and is_before_charge(reading, person)
        if person.age is not None and person.age < 18 and not has_basis:
            yield from named(reading, person, first_name_too=True)


RULE = Rule(
    id="LAW-3",
    family="naming",
    severity=Severity.STOP,
    wrong="This identifies somebody under 18 in a case.",
    right="Say “a 15-year-old boy”; no name, nickname, school or street.",
    source="Children and Young Persons Act 1933, section 49; Youth Justice and Criminal Evidence "
    "Act 1999, section 45",
    may_override=COMMAND,
    when=lambda reading: bool(reading.draft.persons),
    find=find,
    caught=(
        YOUNG("Kieran Holloway, 15, is charged with burglary."),
        YOUNG("Kieran is charged with burglary."),
        YOUNG("Kez is charged."),
        YOUNG_WITNESS("Mia Lowe saw it all."),
        YOUNG_WITNESS("Thank you, Mia, for telling us."),
    ),
    let_through=(
        YOUNG("A 15-year-old boy is charged with burglary."),
        CHARGED("Kieran Holloway, 34, is charged."),
        MISSING("Have you seen Mia Lowe, 14?"),
        YOUNG_WITNESS("A 12-year-old girl saw it."),
        "Mia Lowe won our poster competition.",
    ),
)

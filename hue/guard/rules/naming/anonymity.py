"""Victims of sexual offences and the like stay anonymous for life."""

from collections.abc import Iterator

from hue.guard.draft import Person
from hue.guard.finding import Severity
from hue.guard.names import named
from hue.guard.reading import Reading
from hue.guard.rule import Hit, Rule
from hue.guard.situations import SEXUAL, SLAVERY, VICTIM, WAIVED, WAIVED_YOUNG


def find(reading: Reading) -> Iterator[Hit]:
    for person in reading.people("victim", "complainant"):
        if not _has_waived(person):
            yield from named(reading, person, first_name_too=True)


def _has_waived(person: Person) -> bool:
    """Under 16 nobody can."""
    return person.waiver and (person.age is None or person.age >= 16)


def has_anonymity(reading: Reading) -> bool:
    incident = reading.draft.incident
    return incident is not None and incident.offence in reading.policy.anonymous_offences


RULE = Rule(
    id="LAW-4",
    family="naming",
    severity=Severity.STOP,
    wrong="This identifies a victim who has anonymity for life.",
    right="Leave out name, workplace, school, street and every tie; say “a woman in her 20s”.",
    source="College of Policing, APP Media and communications: legal considerations",
    when=has_anonymity,
    find=find,
    caught=(
        SEXUAL("Tara Quill was attacked on Friday."),
        SEXUAL("Tara was attacked on Friday."),
        SEXUAL("Ms Quill was brave."),
        SEXUAL("She works at Oak School."),
        SLAVERY("Tara Quill was freed."),
        WAIVED_YOUNG("Tara Quill told her story."),
    ),
    let_through=(
        SEXUAL("A woman in her 20s was attacked on Friday."),
        WAIVED("Tara Quill told her story."),
        SLAVERY("A woman was freed."),
        VICTIM("A woman was robbed."),
        "Tara Quill opened our garden.",
    ),
)

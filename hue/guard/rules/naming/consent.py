"""Victims and witnesses are not named unless they agreed."""

from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.names import named
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Hit, Rule
from hue.guard.situations import AGREED, MISSING, VICTIM


def find(reading: Reading) -> Iterator[Hit]:
    for person in reading.people("victim", "witness", "informant", "complainant"):
        if not (person.consent or person.waiver):
            yield from named(reading, person)


RULE = Rule(
    id="PUB-9",
    family="naming",
    severity=Severity.STOP,
    wrong="This identifies a victim or witness who has not agreed.",
    right="Ask them and record that they agreed, or leave it out.",
    source="College of Policing, APP Media and communications",
    may_override=COMMAND,
    when=lambda reading: bool(reading.draft.persons),
    find=find,
    caught=(
        VICTIM("Tara Quill was robbed on Friday."),
        VICTIM("Mrs Quill was robbed on Friday."),
        VICTIM("She teaches at Oak School."),
        VICTIM("T. Quill told us what happened."),
        VICTIM("Robbed", captions=["Tara Quill, 29"]),
    ),
    let_through=(
        VICTIM("A woman, 29, was robbed on Friday."),
        AGREED("Tara Quill was robbed on Friday."),
        MISSING("Have you seen Mia Lowe?"),
        VICTIM("Quill Road is closed."),
        "Tara Quill opened our garden.",
    ),
)

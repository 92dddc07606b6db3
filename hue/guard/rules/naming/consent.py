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
            yield from _of_nobody_else(named(reading, person, first_name_too=True), reading)


def _of_nobody_else(hits: Iterator[Hit], reading: Reading) -> Iterator[Hit]:
    """“Benson” after “Carl” is Carl's name, if Carl is another on the list."""
    others = {one.name.split()[0] for one in reading.draft.persons if one.name}
    for hit in hits:
        before = hit.field.text[: hit.start].split(" ")
        if len(before) < 2 or before[-1] or before[-2] not in others:
            yield hit


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
        VICTIM("Tara from the paper shop told us what happened."),
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

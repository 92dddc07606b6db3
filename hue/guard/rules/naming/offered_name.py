"""A name that somebody offers is neither confirmed nor denied before charge."""

from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.names import mentioned
from hue.guard.phrases import any_of
from hue.guard.proceedings import BEFORE_CHARGE
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Hit, Rule, hits
from hue.guard.situations import ASKED, ASKED_CHARGED

ANSWERS = any_of(
    (
        "{that is|that's|it is|it's|this is} {correct|right|him|her|them|not him|not her|wrong}",
        "{yes|correct|indeed}",
        "you {have|'ve got|have got|got} the {right|wrong} {name|man|person|woman}",
        "{wrong|right} {man|name|person|woman}",
        "{is|it's|that's|that is|it is|this is} not the {man|person|woman|name|one}",
        "{is|it's|that's|that is|it is|this is} the {man|person|woman|one} {we|who|in}",
        "{can|are able to|happy to} confirm {the|that|his|her} {name|identity}",
        "{you are|you're} {right|wrong|correct|not wrong|close|on the right track}",
        "he is {not|the}",
        "{wouldn't|won't|can't|couldn't|not} {argue|disagree|quibble|correct} {with|you|that|it}",
        "{not far off|not a million miles|warm|couldn't say otherwise}",
        "spot on",
        "{it was|it is|it's|that was|that is|that's} your {old|own|former|ex|mate|workmate|neighbour|colleague|friend|boss|landlord|teacher|brother|son}",
        "{can't|cannot|won't|couldn't} deny {it|that}",
        "{people|rumours|they|folk|residents|locals} {are not|aren't|are} {wrong|right|far off}",
        "not {him|her|them}",
        "{that's|that is} who {we|was|is}",
        "not {involved|connected|the person|a suspect}",
    )
)


def find(reading: Reading) -> Iterator[Hit]:
    names = [name for name in reading.draft.named_by_asker if not _is_charged(reading, name)]
    if names:
        yield from mentioned(reading, names)
        for hit in hits(ANSWERS, reading.text):
            if not hit.field.lower.endswith(
                ("if ", "whether ", "say ", "saying ", "either ", "neither "), 0, hit.start
            ):
                yield hit


def _is_charged(reading: Reading, name: str) -> bool:
    return any(
        person.name == name and reading.state_of(person) not in BEFORE_CHARGE
        for person in reading.draft.persons
    )


RULE = Rule(
    id="PUB-5",
    family="naming",
    severity=Severity.STOP,
    wrong="This confirms or denies a name that was offered.",
    right="“We do not name people before charge, and neither confirm nor deny names.”",
    source="College of Policing, APP Media and communications: arrests, charges and outcomes",
    may_override=COMMAND,
    when=lambda reading: bool(reading.draft.named_by_asker),
    find=find,
    caught=(
        ASKED("Kieran Holloway is not in custody."),
        ASKED("It is not Mr Holloway."),
        ASKED("Yes, you have the right man."),
        ASKED("That's correct."),
        ASKED("You have the wrong name."),
    ),
    let_through=(
        ASKED("We do not name people before charge."),
        ASKED("We will neither confirm nor deny a name."),
        ASKED_CHARGED("Kieran Holloway is charged with burglary."),
        "Yes, the road is open.",
        ASKED("A 34-year-old man is in custody."),
    ),
)

"""Words that take the guilt for granted while a case is active."""

import re
from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Hit, Rule, said
from hue.guard.situations import (
    ARRESTED,
    CHARGED,
    CONVICTED,
    NO_ACTION,
    NO_STEPS,
    RELEASED,
    SENTENCED,
)

asserted = said("guilt")
# “Alleged”, an open question, and things taken off the streets assert nothing of a person.
OPEN = re.compile(
    r"\b(?:alleged|suspected|assisting|accused|motive|reason|circumstances|possible|car|antiques?|whether|if|"
    r"is (?:he|she) the|knives|knife|weapons?|guns?|firearms?|drugs?|cocaine|heroin|cannabis|crack)"
    r"(?: \w+)? ?$"
)


PLAYED = (" hall", " club", " night", " session", " caller", " card", " evening", " afternoon")


def find(reading: Reading) -> Iterator[Hit]:
    for hit in asserted(reading):
        is_left_open = hit.field.lower.startswith((" or did", *PLAYED), hit.end)
        if not is_left_open and not OPEN.search(hit.field.lower, 0, hit.start):
            yield hit


RULE = Rule(
    id="LAW-1.guilt",
    family="proceedings",
    severity=Severity.STOP,
    wrong="While the case is active this says that somebody is guilty.",
    right="“A man has been arrested on suspicion of …”; “a man is charged with …”.",
    source="Contempt of Court Act 1981, section 2 and schedule 1",
    may_override=COMMAND,
    phrases="guilt",
    when=lambda reading: reading.is_active,
    find=find,
    caught=(
        ARRESTED("We have the man who did this."),
        CHARGED("Another one off our streets."),
        ARRESTED("Good riddance to him."),
        CONVICTED("He was caught red-handed."),
        "We arrested a man. Got him!",
        "The man responsible is now in custody.",
        CHARGED("This is what he does."),
        ARRESTED("You can all sleep easier tonight."),
        RELEASED("Released? We know what he did."),
    ),
    let_through=(
        ARRESTED("A man is in custody on suspicion of burglary."),
        CHARGED("A man is charged with burglary."),
        SENTENCED("The burglar was jailed for four years."),
        NO_STEPS("The burglar got in through a window."),
        CHARGED("He is charged with growing cannabis in a former bingo hall."),
        ARRESTED("The motive behind the attack is not known."),
        ARRESTED("That takes drugs off our streets."),
        ARRESTED("A suspected burglar is in custody."),
        NO_ACTION("We still look for the burglar."),
        "The thief got in through a window. Did you see anything?",
    ),
)

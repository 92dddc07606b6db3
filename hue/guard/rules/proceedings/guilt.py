"""Words that take the guilt for granted while a case is active."""

from hue.guard.finding import Severity
from hue.guard.rule import COMMAND, Rule, said
from hue.guard.situations import (
    ARRESTED,
    CHARGED,
    CONVICTED,
    NO_ACTION,
    NO_STEPS,
    RELEASED,
    SENTENCED,
)

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
    find=said("guilt"),
    caught=(
        ARRESTED("The burglar is in custody."),
        ARRESTED("We have the man who did this."),
        CHARGED("Another dealer off the streets."),
        CONVICTED("He was caught red-handed."),
        "We arrested a man. Got him!",
        "The man responsible is now in custody.",
        RELEASED("The thief is out again."),
    ),
    let_through=(
        ARRESTED("A man is in custody on suspicion of burglary."),
        CHARGED("A man is charged with burglary."),
        SENTENCED("The burglar was jailed for four years."),
        NO_STEPS("The burglar got in through a window."),
        NO_ACTION("We still look for the burglar."),
        "The thief got in through a window. Did you see anything?",
    ),
)

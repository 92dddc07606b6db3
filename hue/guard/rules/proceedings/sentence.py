"""What sentence somebody deserves, said while a case is active."""

from hue.guard.finding import Severity
from hue.guard.rule import COMMAND, Rule, said
from hue.guard.situations import ARRESTED, CHARGED, CONVICTED, NO_STEPS, SENTENCED

RULE = Rule(
    id="LAW-1.sentence",
    family="proceedings",
    severity=Severity.STOP,
    wrong="While the case is active this says what sentence is deserved.",
    right="Say when and where the court sits.",
    source="Contempt of Court Act 1981, section 2 and schedule 1",
    may_override=COMMAND,
    phrases="sentence_deserved",
    when=lambda reading: reading.is_active,
    find=said("sentence_deserved"),
    caught=(
        ARRESTED("He deserves to be locked up."),
        CHARGED("He deserves every year he gets."),
        CHARGED("Throw away the key."),
        CHARGED("He is going to prison."),
        CONVICTED("We want the maximum sentence."),
        "We arrested a man. He should be jailed.",
    ),
    let_through=(
        SENTENCED("He will be behind bars for a long time."),
        CHARGED("The case goes to the Crown Court on Monday."),
        NO_STEPS("You deserve a quiet night."),
        ARRESTED("He was bailed until March."),
        "Everybody deserves a safe street.",
    ),
)

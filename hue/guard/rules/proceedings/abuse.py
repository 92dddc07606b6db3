"""Abuse of a suspect while a case is active."""

from hue.guard.finding import Severity
from hue.guard.rule import COMMAND, Rule, said
from hue.guard.situations import ARRESTED, CHARGED, NO_STEPS, SENTENCED

RULE = Rule(
    id="LAW-1.abuse",
    family="proceedings",
    severity=Severity.STOP,
    wrong="While the case is active this makes somebody out to be bad.",
    right="Say “a man”, “the driver”; leave the judgement out.",
    source="Contempt of Court Act 1981, section 2 and schedule 1",
    may_override=COMMAND,
    phrases="abuse_of_suspect",
    when=lambda reading: reading.is_active,
    find=said("abuse_of_suspect"),
    caught=(
        ARRESTED("This thug is in a cell."),
        ARRESTED("A vile man is in custody."),
        CHARGED("A nasty bully is before the court."),
        CHARGED("The predator is before a court."),
        CHARGED("A cowardly attack; a man is charged."),
        "We arrested this scumbag.",
    ),
    let_through=(
        SENTENCED("A vile attack; he was jailed for ten years."),
        NO_STEPS("A cowardly attack. Did you see it?"),
        ARRESTED("A man is in custody."),
        "A dangerous junction is closed.",
        CHARGED("A driver is charged."),
    ),
)

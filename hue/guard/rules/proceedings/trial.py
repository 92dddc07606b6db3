"""The witnesses, the defence or the verdict to come, while a case is active."""

from hue.guard.finding import Severity
from hue.guard.rule import COMMAND, Rule, said
from hue.guard.situations import ARRESTED, CHARGED, NO_STEPS, SENTENCED

RULE = Rule(
    id="LAW-1.trial",
    family="proceedings",
    severity=Severity.STOP,
    wrong="While the case is active this comments on witnesses, the defence or the verdict.",
    right="Say what happened in court, without judging it.",
    source="Contempt of Court Act 1981, section 2 and schedule 1",
    may_override=COMMAND,
    phrases="trial_comment",
    when=lambda reading: reading.is_active,
    find=said("trial_comment"),
    caught=(
        CHARGED("His alibi is nonsense."),
        CHARGED("Her so-called alibi has fallen apart."),
        CHARGED("The jury will see through it."),
        CHARGED("We are confident of a conviction."),
        CHARGED("The witness is lying."),
        "A man is charged and is sure to be convicted.",
    ),
    let_through=(
        SENTENCED("The jury will see it in their minds for years."),
        CHARGED("The trial begins on Monday."),
        NO_STEPS("The story is in the paper."),
        ARRESTED("We ask witnesses to call 101."),
        "The court is closed on Monday.",
    ),
)

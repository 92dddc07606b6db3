"""While an operation is live nobody learns how it is done."""

from hue.guard.finding import Severity
from hue.guard.rule import COMMAND, Rule, said
from hue.guard.situations import LIVE, STOOD_DOWN

RULE = Rule(
    id="PUB-19.tactics",
    family="operations",
    severity=Severity.STOP,
    wrong="The operation is live, and this tells how it is done.",
    right="Say that officers are there and what the public should do, nothing of means or methods.",
    source="A judgement of this project, from College of Policing, APP Media and communications",
    may_override=COMMAND,
    phrases="tactics",
    when=lambda reading: reading.draft.operation.state == "live",
    find=said("tactics"),
    caught=(
        LIVE("Firearms officers are with us."),
        LIVE("Our drone is up."),
        LIVE("Plain clothes officers mingle."),
        LIVE("The dog unit waits."),
        LIVE("An unmarked car follows."),
    ),
    let_through=(
        LIVE("Officers are in Northfield."),
        STOOD_DOWN("Our drone found him."),
        "Our drone found a missing man.",
        LIVE("Please stay indoors."),
        LIVE("Roads are closed; follow the diversion."),
    ),
)

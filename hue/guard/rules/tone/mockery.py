"""No sarcasm about a caller, a resident or anybody else."""

from hue.guard.finding import Severity
from hue.guard.rule import Rule, said

RULE = Rule(
    id="TONE.mockery",
    family="tone",
    severity=Severity.SECOND,
    wrong="This makes fun of somebody.",
    right="Say what happened and what people can do instead, kindly.",
    source="College of Policing, Code of Ethics (SOC-8)",
    phrases="mockery",
    find=said("mockery"),
    caught=(
        "This genius rang 999 about a pizza.",
        "Some muppet parked on the zigzags.",
        "Slow clap for the driver.",
        "You couldn't make it up: 999 for a taxi.",
        "The clowns left their phone behind.",
    ),
    let_through=(
        "A 999 call about a pizza kept somebody else waiting.",
        "Please do not park on the zigzags.",
        "Well done to the young people who helped.",
        "A clever dog found the phone.",
        "The driver was given a fixed penalty.",
    ),
)

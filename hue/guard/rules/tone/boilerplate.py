"""Phrases that no one reads to the end."""

from hue.guard.finding import Severity
from hue.guard.rule import Rule, said

RULE = Rule(
    id="TONE.boilerplate",
    family="tone",
    severity=Severity.ADVICE,
    wrong="Readers skip phrases like this.",
    right="Say in plain words what you did or will do.",
    source="A judgement of this project",
    phrases="boilerplate",
    find=said("boilerplate"),
    caught=(
        "We take this very seriously. We take all reports extremely seriously.",
        "A robust response is in place.",
        "Please be assured we are there.",
        "Partnership working is key.",
        "We have a zero tolerance approach.",
    ),
    let_through=(
        "We stopped 14 cars and fined two drivers.",
        "We will be at the school gate on Monday.",
        "Thank you for your calls.",
        "Nobody was seriously hurt.",
        "Talk to us at the library on Friday.",
    ),
)

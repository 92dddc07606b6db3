"""Words that judge people before anybody listened to them."""

from hue.guard.finding import Severity
from hue.guard.rule import Rule, said
from hue.guard.situations import ARRESTED

RULE = Rule(
    id="TONE.prejudging",
    family="tone",
    severity=Severity.ADVICE,
    wrong="This judges people.",
    right="Say what was done, and leave the judgement to the reader.",
    source="College of Policing, Code of Ethics (SOC-8)",
    phrases="prejudging",
    when=lambda reading: not reading.is_active,  # then it is for LAW-1
    find=said("prejudging"),
    caught=(
        "Yobs broke the swings again.",
        "A so-called artist painted the wall.",
        "We moved on some druggies.",
        "Feral youths on the bus.",
        "Mindless idiots broke the lamp.",
    ),
    let_through=(
        "Somebody broke the swings again.",
        "The wall was painted on.",
        "Young people asked us for a game.",
        ARRESTED("Yobs broke the swings."),
        "Drugs were found in the park.",
    ),
)

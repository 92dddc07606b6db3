"""Who was harmed is not told off for it."""

from hue.guard.finding import Severity
from hue.guard.rule import Rule, said

RULE = Rule(
    id="TONE.victim_blaming",
    family="tone",
    severity=Severity.SECOND,
    wrong="This blames the person who was harmed.",
    right="Blame nobody who was harmed; give the advice by itself.",
    source="College of Policing, Code of Ethics (SOC-8)",
    phrases="victim_blaming",
    find=said("victim_blaming"),
    caught=(
        "They should have locked the door.",
        "It was her own fault.",
        "An easy target for burglars.",
        "Leave your keys in the ignition and someone will drive off.",
        "She was asking for trouble.",
        "No sympathy for those who leave keys in the car.",
    ),
    let_through=(
        "A car was taken from a drive last night.",
        "Locks help: we can show you how.",
        "It was nobody's fault but the burglar's.",
        "Please check your doors tonight.",
        "We will be on your street this week.",
    ),
)

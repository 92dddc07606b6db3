"""Earlier offences and bad character while a case is active."""

import re
from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Hit, Rule, said
from hue.guard.situations import ARRESTED, CHARGED, NO_STEPS, SENTENCED

bad = said("character")
# What somebody is held for.
OPEN = re.compile(
    r"\b(?:suspicion of|charged with|arrested for|wanted for|accused of|no|not|any|without)(?: \w+)? $"
    # “can be arrested again”: what may come
    r"|\bour $|\b(?:can|could|may|might|would|will|to) be $"
)


def find(reading: Reading) -> Iterator[Hit]:
    for hit in bad(reading):
        if not OPEN.search(hit.field.lower, max(0, hit.start - 40), hit.start):
            yield hit


RULE = Rule(
    id="LAW-1.character",
    family="proceedings",
    severity=Severity.STOP,
    wrong="Earlier offences or a bad name are for the court alone while the case is active.",
    right="Leave it out until the verdict.",
    source="Contempt of Court Act 1981, section 2 and schedule 1",
    may_override=COMMAND,
    phrases="character",
    when=lambda reading: reading.is_active,
    find=find,
    caught=(
        ARRESTED("He is well known to us."),
        ARRESTED("He has previous convictions."),
        CHARGED("A prolific offender is before the court."),
        CHARGED("He has a string of convictions for theft."),
        CHARGED("He has a history of violence."),
        "A man known to police was arrested.",
        ARRESTED("That is his third arrest in as many months."),
    ),
    let_through=(
        SENTENCED("He had previous convictions."),
        NO_STEPS("Prolific thefts in town this week."),
        ARRESTED("A man is in custody."),
        "A man was arrested on suspicion of breaching his bail.",
        "Bikes known to be stolen were found.",
        ARRESTED("A man is in custody. There is no threat to the public."),
        CHARGED("He is known by friends as a runner."),
        ARRESTED("He is on bail. If he goes there, he can be arrested again."),
        ARRESTED("A second arrest in the Bridge Street inquiry: a man, 20."),
    ),
)

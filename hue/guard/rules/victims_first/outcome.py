"""The victim hears an outcome before the public does."""

import re
from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Hit, Rule, said
from hue.guard.situations import TOLD, TOLD_LATER, UNTOLD

outcomes = said("outcomes")
NOBODY = re.compile(
    r"\b(?:nobody|no one|no-one|somebody|until someone|anyone) (?:has|have|had|was|is|being) (?:yet |ever )?(?:been )?$"
)


def find(reading: Reading) -> Iterator[Hit]:
    """Said once: the victim is told or not."""
    if any(not NOBODY.search(hit.field.lower, 0, hit.start) for hit in outcomes(reading)):
        yield Hit(reading.text)


def _applies(reading: Reading) -> bool:
    incident, informed = reading.draft.incident, reading.draft.victim_informed_at
    has_victim = incident is not None and incident.has_victim
    return has_victim and (informed is None or informed > reading.draft.at)


RULE = Rule(
    id="RSK-7",
    family="victims_first",
    severity=Severity.STOP,
    wrong="This tells an outcome, and the victim has not been told yet.",
    right="Tell the victim, enter when, then publish.",
    source="Code of Practice for Victims of Crime, right 6",
    may_override=COMMAND,
    phrases="outcomes",
    when=_applies,
    find=find,
    caught=(
        UNTOLD("A man has been charged."),
        UNTOLD("A man was sentenced today."),
        UNTOLD("No further action will be taken."),
        TOLD_LATER("A man was cautioned."),
        UNTOLD("The case has been closed."),
    ),
    let_through=(
        TOLD("A man has been charged."),
        UNTOLD("Did you see anything on Friday?"),
        UNTOLD("Officers are at the scene."),
        "A man has been charged.",
        TOLD_LATER("We look for witnesses."),
        UNTOLD("Nobody has been charged. Did you see anything?"),
    ),
)

"""While an operation is live nobody learns when officers come or begin."""

import re
from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Hit, Rule, hits
from hue.guard.situations import LIVE, STOOD_DOWN

CLOCK = r"(?:\d{1,2}(?:[:.]\d\d)? ?(?:am|pm)|\d{1,2}[:.]\d\d|\d{4} ?(?:hrs|hours)?|noon|midnight|dawn|first light)"
TIME = re.compile(
    rf"\b(?:at|from|by|until|before|after|around|about|till) {CLOCK}(?!\w)"
    r"|\b(?:there|here|out|on (?:site|scene)) (?:until|till|from) \w+"
    r"|\b(?:in|within|for) (?:the )?(?:next |about |another )?(?:\w+|\d+) (?:minutes?|mins?|hours?)\b"
    r"|\b(?:on (?:our|the|their) way|en route|arriving|about to|going in|moving in|any minute|heading "
    r"(?:to|for|towards)|will (?:start|begin|arrive|enter|go in|be there)|(?:starts|begins|starting|"
    r"beginning) (?:at|soon|shortly)|just (?:arrived|pulled up)|minutes away)\b"
)


def find(reading: Reading) -> Iterator[Hit]:
    for field in reading.fields:
        yield from hits(TIME, field)


RULE = Rule(
    id="PUB-19.times",
    family="operations",
    severity=Severity.SECOND,
    wrong="The operation is live, and this tells when officers come or begin.",
    right="Say it afterwards, when the operation is stood down.",
    source="A judgement of this project, from College of Policing, APP Media and communications",
    may_override=COMMAND,
    when=lambda reading: reading.draft.operation.state == "live",
    find=find,
    caught=(
        LIVE("We go in at 5am."),
        LIVE("Officers are on their way."),
        LIVE("We are about to enter."),
        LIVE("We begin at dawn."),
        LIVE("We will be there until six."),
        LIVE("Officers arrive within 10 minutes."),
    ),
    let_through=(
        LIVE("Officers are in Northfield."),
        STOOD_DOWN("We went in at 5am."),
        "We start at 5am.",
        LIVE("More when we can say it."),
        LIVE("Thank you for your patience today."),
    ),
)

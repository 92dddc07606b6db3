"""While an operation is live nobody learns how many have come."""

import re
from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Hit, Rule, hits
from hue.guard.situations import LIVE, STOOD_DOWN

MANY = (
    r"(?:\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|"
    r"forty|fifty|sixty|eighty|dozens of|a dozen|hundred|a hundred|half a dozen|scores of)"
)
FORCE = (
    r"(?:officers?|pcs|police|cops|vans?|cars?|vehicles?|units?|teams?|dogs?|horses|constables|"
    r"detectives|carriers|crews?|patrols?|staff|colleagues|sergeants|drones?)"
)
NUMBER = re.compile(
    rf"(?<![\d.:]){MANY}(?:[ -](?!people\b|a\b|the\b)[a-z]+){{0,2}}? {FORCE}\b|\ball our officers\b"
)


def find(reading: Reading) -> Iterator[Hit]:
    for field in reading.fields:
        yield from hits(NUMBER, field)


RULE = Rule(
    id="PUB-19.numbers",
    family="operations",
    severity=Severity.SECOND,
    wrong="The operation is live, and this tells how many are there.",
    right="Say “officers”, without a number, until it is stood down.",
    source="A judgement of this project, from College of Policing, APP Media and communications",
    may_override=COMMAND,
    when=lambda reading: reading.draft.operation.state == "live",
    find=find,
    caught=(
        LIVE("We have 40 officers in Northfield."),
        LIVE("Twelve officers and two vans are there."),
        LIVE("Dozens of officers are out."),
        LIVE("Only 3 police cars left."),
        LIVE("Six extra units are coming."),
    ),
    let_through=(
        LIVE("Officers are in Northfield."),
        STOOD_DOWN("We had 40 officers in Northfield."),
        LIVE("07.10 A police operation is going on in Northfield."),
        LIVE("2 people were helped."),
        "We have 40 officers in Northfield.",
        LIVE("Call 999 in an emergency."),
    ),
)

"""Before an election the force is neutral, and helps nobody's campaign."""

from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.names import mentioned
from hue.guard.reading import Reading
from hue.guard.rule import Hit, Rule, said
from hue.guard.situations import ELECTION

politics = said("politics")


def find(reading: Reading) -> Iterator[Hit]:
    yield from mentioned(reading, reading.draft.candidates)
    yield from politics(reading)


RULE = Rule(
    id="PUB-23",
    family="elections",
    severity=Severity.SECOND,
    wrong="Before an election this could help or harm a candidate or party.",
    right="Keep to what officers did; leave out politicians, parties and new policy.",
    source="Guidance on conduct before elections, as forces publish it",
    when=lambda reading: reading.draft.election_period,
    find=find,
    caught=(
        ELECTION("Rosa Finch joined us on patrol."),
        ELECTION("Thank you to Ms Finch for her support."),
        ELECTION("Labour cut our funding."),
        ELECTION("The commissioner has announced 50 officers."),
        ELECTION("Vote for safer streets."),
    ),
    let_through=(
        ELECTION("A quiet night in Northfield."),
        "Rosa Finch joined us on patrol.",
        ELECTION("The polling stations are open until 10pm."),
        ELECTION("A man was arrested on suspicion of burglary."),
        ELECTION("Bullfinch nest found; work on the path waits."),
    ),
)

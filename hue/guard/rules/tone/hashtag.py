"""A hashtag that others have captured carries the post to the wrong readers."""

from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.names import exactly
from hue.guard.reading import Reading
from hue.guard.rule import Hit, Rule, given

TAKEN = given("#AskThePolice is captured", captured_hashtags=["#AskThePolice"])


def find(reading: Reading) -> Iterator[Hit]:
    tags = (*reading.policy.captured_hashtags, *reading.draft.captured_hashtags)
    for hit in exactly(reading, (tag if tag[:1] == "#" else f"#{tag}" for tag in tags)):
        yield Hit(hit.field, hit.start, hit.end, mend="")


RULE = Rule(
    id="TONE.hashtag",
    family="tone",
    severity=Severity.ADVICE,
    wrong="Others use this hashtag now for something else.",
    right="Leave it out, or use the event's own.",
    source="A judgement of this project",
    signs=frozenset("#"),
    find=find,
    caught=(
        TAKEN("Ask us anything #AskThePolice"),
        TAKEN("#askthepolice is back"),
        TAKEN("See #AskThePolice, tonight"),
        TAKEN("Poll", poll_options=["#AskThePolice"]),
        TAKEN("＃AskThePolice tonight"),
    ),
    let_through=(
        TAKEN("Ask us anything #Op24"),
        TAKEN("Ask the police anything"),
        TAKEN("#AskThePoliceDog"),
        "#AskThePolice tonight",
        TAKEN("Good morning"),
    ),
)

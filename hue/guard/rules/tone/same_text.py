"""The same words from many officers read like a machine's."""

import re
from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.reading import Reading
from hue.guard.rule import Hit, Rule, given

WORDS = re.compile(r"\w+")
SHORTEST = 6  # words; shorter posts are alike by nature
PASTED = given(
    "a colleague wrote it yesterday",
    recent_texts=["Please lock your doors tonight, and tell a neighbour when you go away."],
)


def find(reading: Reading) -> Iterator[Hit]:
    own = _triples(reading.text.lower)
    for other in reading.draft.recent_texts:
        if _alike(own, _triples(other.lower())) >= reading.policy.same_text_share:
            yield Hit(reading.text, 0, len(reading.text.text))
            return


def _triples(text: str) -> set[tuple[str, ...]]:
    words = WORDS.findall(text)
    return set(zip(words, words[1:], words[2:], strict=False)) if len(words) >= SHORTEST else set()


def _alike(own: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> float:
    return len(own & other) / len(own) if own and other else 0.0


RULE = Rule(
    id="TONE.same_text",
    family="tone",
    severity=Severity.ADVICE,
    wrong="A colleague published these words lately.",
    right="Say what happened on your own beat, in your own words.",
    source="A judgement of this project",
    when=lambda reading: bool(reading.draft.recent_texts),
    find=find,
    caught=(
        PASTED("Please lock your doors tonight, and tell a neighbour when you go away."),
        PASTED("PLEASE lock your doors tonight and tell a neighbour when you go away"),
        PASTED("Please lock your doors tonight, and tell a neighbour when you go away!!"),
        PASTED("Lock your doors tonight, and tell a neighbour when you go away."),
        PASTED("Please lock your doors tonight, and tell a neighbour when you go."),
    ),
    let_through=(
        PASTED("Two sheds were opened on the allotments. Lock yours tonight."),
        PASTED("Good morning."),
        PASTED("Lock your doors."),
        "Please lock your doors tonight, and tell a neighbour when you go away.",
        PASTED("A quiet night here; we walked the canal and met the anglers."),
    ),
)

"""A picture has words for those who cannot see it."""

from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.reading import Reading
from hue.guard.rule import Hit, Rule, given

PICTURE = {"purpose": "the day", "approved_by": "supervisor"}
ONE = given("one picture", pictures=[PICTURE])
TWO = given("two pictures", pictures=[PICTURE, PICTURE])


def find(reading: Reading) -> Iterator[Hit]:
    for number in range(len(reading.draft.pictures)):
        if not "".join(reading.draft.alt_texts[number : number + 1]).strip():
            yield Hit(reading.text, wrong=f"Picture {number + 1} has no words for the blind.")


RULE = Rule(
    id="ACC-2",
    family="tone",
    severity=Severity.ADVICE,
    wrong="A picture has no words for those who cannot see it.",
    right="Say in a sentence what the picture shows.",
    source="Public Sector Bodies (Websites and Mobile Applications) Accessibility Regulations 2018",
    when=lambda reading: bool(reading.draft.pictures),
    find=find,
    caught=(
        ONE("Our day."),
        ONE("Our day.", alt_texts=[""]),
        ONE("Our day.", alt_texts=["  "]),
        TWO("Our day.", alt_texts=["A dog"]),
        TWO("Our day.", alt_texts=["", "A dog"]),
    ),
    let_through=(
        ONE("Our day.", alt_texts=["A dog"]),
        TWO("Our day.", alt_texts=["A dog", "A cat"]),
        "Our day.",
        ONE("Our day.", alt_texts=["A dog"], captions=[""]),
        TWO("Our day.", alt_texts=["A dog", "Two dogs"]),
    ),
)

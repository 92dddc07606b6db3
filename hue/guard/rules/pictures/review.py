"""Each picture of a person has a day on which somebody looks at it again."""

from hue.guard.draft import Picture
from hue.guard.finding import Severity
from hue.guard.pictures import each
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Rule
from hue.guard.situations import picture


def _is_wrong(picture: Picture, reading: Reading) -> bool:
    if picture.of in ("", "officer"):
        return False
    return picture.review_at is None or picture.review_at <= reading.draft.at


RULE = Rule(
    id="PUB-14",
    family="pictures",
    severity=Severity.SECOND,
    wrong="A picture of a person has no day for its review, or the day has passed.",
    right="Set a day, and take the picture down then unless it is still needed.",
    source="College of Policing, APP Media and communications: images and footage",
    may_override=COMMAND,
    when=lambda reading: bool(reading.draft.pictures),
    find=each(_is_wrong),
    caught=(
        picture("no review", review_at=None)("Do you know this man? Call 101."),
        picture("no review", of="wanted", review_at=None)("Do you know this man? Call 101."),
        picture("no review", of="missing", review_at=None)("Do you know this man? Call 101."),
        picture("review was yesterday", review_at="2026-11-20T09:00:00Z")(
            "Do you know this man? Call 101."
        ),
        picture("no review", of="victim", review_at=None)("Do you know this man? Call 101."),
    ),
    let_through=(
        picture("a review is set")("Do you know this man? Call 101."),
        picture("an officer", of="officer", review_at=None)("Our day."),
        picture("nobody in it", of="", review_at=None)("Our day."),
        picture("missing, a review is set", of="missing")("Do you know this man? Call 101."),
        "Our day.",
    ),
)

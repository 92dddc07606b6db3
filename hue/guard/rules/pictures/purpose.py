"""A picture of a person has a policing purpose and somebody who approved it."""

from hue.guard.draft import Picture
from hue.guard.finding import Severity
from hue.guard.pictures import each
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Rule
from hue.guard.situations import picture


def _is_wrong(picture: Picture, reading: Reading) -> bool:
    return bool(picture.of) and not (picture.purpose.strip() and picture.approved_by)


RULE = Rule(
    id="PUB-10",
    family="pictures",
    severity=Severity.STOP,
    wrong="A picture of a person has no purpose or nobody approved it.",
    right="Record the policing purpose and have it approved.",
    source="College of Policing, APP Media and communications: images and footage",
    may_override=COMMAND,
    when=lambda reading: bool(reading.draft.pictures),
    find=each(_is_wrong),
    caught=(
        picture("no purpose", purpose="")("Do you know this man? Call 101."),
        picture("nobody approved", approved_by="")("Do you know this man? Call 101."),
        picture("neither", purpose="", approved_by="")("Do you know this man? Call 101."),
        picture("a blank purpose", purpose="  ")("Do you know this man? Call 101."),
        picture("a victim, nobody approved", of="victim", approved_by="")(
            "Do you know this man? Call 101."
        ),
    ),
    let_through=(
        picture("all is recorded")("Do you know this man? Call 101."),
        picture("nobody in it", of="", purpose="", approved_by="")("Our day."),
        picture("a missing person", of="missing")("Do you know this man? Call 101."),
        picture("an officer", of="officer")("Do you know this man? Call 101."),
        "Our day.",
    ),
)

"""Others in a picture cannot be recognised."""

from hue.guard.draft import Picture
from hue.guard.finding import Severity
from hue.guard.pictures import each
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Rule
from hue.guard.situations import picture


def _is_wrong(picture: Picture, reading: Reading) -> bool:
    return picture.others_visible and not picture.others_obscured


RULE = Rule(
    id="PUB-16",
    family="pictures",
    severity=Severity.STOP,
    wrong="Other people in the picture can be recognised.",
    right="Obscure them, and say that it is done.",
    source="College of Policing, APP Media and communications: images and footage",
    may_override=COMMAND,
    when=lambda reading: bool(reading.draft.pictures),
    find=each(_is_wrong),
    caught=(
        picture("others can be seen", others_visible=True, others_obscured=False, of="suspect")(
            "Do you know this man? Call 101."
        ),
        picture("others can be seen", others_visible=True, others_obscured=False, of="wanted")(
            "Do you know this man? Call 101."
        ),
        picture("others can be seen", others_visible=True, others_obscured=False, of="missing")(
            "Do you know this man? Call 101."
        ),
        picture("others can be seen", others_visible=True, others_obscured=False, of="victim")(
            "Do you know this man? Call 101."
        ),
        picture("others can be seen", others_visible=True, others_obscured=False, of="")(
            "Do you know this man? Call 101."
        ),
    ),
    let_through=(
        picture("others are obscured", others_visible=True)("Do you know this man? Call 101."),
        picture("alone", others_obscured=False)("Do you know this man? Call 101."),
        picture("nobody in it", of="", others_obscured=False)("Our day."),
        picture("missing, alone", of="missing")("Do you know this man? Call 101."),
        "Our day.",
    ),
)

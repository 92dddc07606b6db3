"""A missing person is shown as their family knows them; a custody picture is the last resort."""

from hue.guard.draft import Picture
from hue.guard.finding import Severity
from hue.guard.pictures import each
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Rule
from hue.guard.situations import picture


def _is_wrong(picture: Picture, reading: Reading) -> bool:
    return picture.of == "missing" and picture.source == "custody" and not picture.last_resort


RULE = Rule(
    id="PUB-12",
    family="pictures",
    severity=Severity.STOP,
    wrong="A custody picture of a missing person needs a recorded last resort.",
    right="Ask the family for a recent picture.",
    source="College of Policing, APP Media and communications: images and footage",
    may_override=COMMAND,
    when=lambda reading: bool(reading.draft.pictures),
    find=each(_is_wrong),
    caught=(
        picture("a custody picture of a missing person", of="missing", source="custody")(
            "Have you seen Sam? Call 101."
        ),
        picture("a custody picture of a missing person", of="missing", source="custody")(
            "Missing: Sam. Call 101."
        ),
        picture("a custody picture of a missing person", of="missing", source="custody")(
            "Help us find Sam."
        ),
        picture("a custody picture of a missing person", of="missing", source="custody")(
            "Sam has not been home."
        ),
        picture("a custody picture of a missing person", of="missing", source="custody")(
            "Last seen in Northfield."
        ),
    ),
    let_through=(
        picture("from the family", of="missing", source="family")(
            "Do you know this man? Call 101."
        ),
        picture("a recorded last resort", of="missing", source="custody", last_resort=True)(
            "Do you know this man? Call 101."
        ),
        picture("a suspect", of="suspect", source="cctv")("Do you know this man? Call 101."),
        picture("from the public", of="missing", source="public")(
            "Do you know this man? Call 101."
        ),
        "Have you seen Sam?",
    ),
)

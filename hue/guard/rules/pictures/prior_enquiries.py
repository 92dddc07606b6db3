"""The public is asked who somebody is after other ways were tried."""

from hue.guard.draft import Picture
from hue.guard.finding import Severity
from hue.guard.pictures import each
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Rule
from hue.guard.situations import picture


def _is_wrong(picture: Picture, reading: Reading) -> bool:
    return picture.of == "suspect" and not picture.prior_enquiries


RULE = Rule(
    id="PUB-17",
    family="pictures",
    severity=Severity.SECOND,
    wrong="An appeal with a picture of a suspect comes after other enquiries; none are recorded.",
    right="Record what was tried before.",
    source="College of Policing, APP Media and communications: images and footage",
    may_override=COMMAND,
    when=lambda reading: bool(reading.draft.pictures),
    find=each(_is_wrong),
    caught=(
        picture("no enquiries before", prior_enquiries=False)("Do you know this man? Call 101."),
        picture("no enquiries before", prior_enquiries=False)("Who is this? Call 101."),
        picture("no enquiries before", prior_enquiries=False)("Recognise him? Call 101."),
        picture("no enquiries before", prior_enquiries=False)(
            "We want to speak to this man. Call 101."
        ),
        picture("no enquiries before", prior_enquiries=False)("Can you help? Call 101."),
    ),
    let_through=(
        picture("enquiries were made")("Do you know this man? Call 101."),
        picture("wanted", of="wanted", prior_enquiries=False)("Do you know this man? Call 101."),
        picture("missing", of="missing", prior_enquiries=False)("Do you know this man? Call 101."),
        picture("nobody in it", of="", prior_enquiries=False)("Our day."),
        "Do you know this man?",
    ),
)

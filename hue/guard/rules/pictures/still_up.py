"""Once somebody is found or caught their picture goes."""

from hue.guard.draft import Picture
from hue.guard.finding import Severity
from hue.guard.pictures import each
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Rule
from hue.guard.situations import picture

OVER = {"kind": "missing_person", "resolved_at": "2026-11-20T09:00:00Z"}


def _is_wrong(picture: Picture, reading: Reading) -> bool:
    incident, at = reading.draft.incident, reading.draft.at
    over = incident is not None and incident.resolved_at is not None and incident.resolved_at <= at
    return over and picture.of in ("wanted", "missing", "suspect")


RULE = Rule(
    id="PUB-11",
    family="pictures",
    severity=Severity.STOP,
    wrong="The person is found or caught; the picture must not be used any more.",
    right="Take the picture out, and tell those who carried it.",
    source="College of Policing, APP Media and communications: images and footage",
    may_override=COMMAND,
    when=lambda reading: bool(reading.draft.pictures),
    find=each(_is_wrong),
    caught=(
        picture("found yesterday", of="wanted")("Do you know this man? Call 101.", incident=OVER),
        picture("found yesterday", of="missing")("Do you know this man? Call 101.", incident=OVER),
        picture("found yesterday", of="suspect")("Do you know this man? Call 101.", incident=OVER),
        picture("found yesterday", of="missing")("She is safe.", incident=OVER),
        picture("caught yesterday", of="wanted")("Thank you.", incident=OVER),
    ),
    let_through=(
        picture("still sought", of="wanted")("Do you know this man? Call 101."),
        picture("found tomorrow", of="missing")(
            "Do you know this man? Call 101.", incident={"resolved_at": "2026-11-22T09:00:00Z"}
        ),
        picture("an officer", of="officer")("Thank you.", incident=OVER),
        picture("nobody in it", of="")("Thank you.", incident=OVER),
        "She is safe. Thank you.",
    ),
)

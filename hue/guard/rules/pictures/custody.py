"""A custody picture waits for the verdict, and nobody under 18 is shown in one."""

from hue.guard.draft import Picture
from hue.guard.finding import Severity
from hue.guard.pictures import each
from hue.guard.proceedings import state_of
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Rule
from hue.guard.situations import picture


def _case(state: str) -> dict[str, object]:
    return {"proceedings": [{"state": state, "at": "2026-11-20T09:00:00Z"}]}


ARRESTED, CHARGED, SENTENCED = _case("arrested"), _case("charged"), _case("sentenced")


def _is_wrong(picture: Picture, reading: Reading) -> bool:
    if picture.source != "custody" or picture.of == "missing":
        return False
    young = picture.age is not None and picture.age < 18
    state = state_of(picture.person, reading.draft.incident, reading.draft.at)
    return young or (picture.of != "wanted" and state not in reading.policy.custody_picture_from)


RULE = Rule(
    id="PUB-15",
    family="pictures",
    severity=Severity.STOP,
    wrong="A custody picture may not be shown before conviction, nor of anybody under 18.",
    right="Leave the picture out.",
    source="College of Policing, APP Media and communications: images and footage",
    may_override=COMMAND,
    when=lambda reading: bool(reading.draft.pictures),
    find=each(_is_wrong),
    caught=(
        picture("custody, no case", source="custody")("Do you know this man? Call 101."),
        picture("custody, charged", of="defendant", source="custody")(
            "Do you know this man? Call 101.", incident=CHARGED
        ),
        picture("custody, 17, sentenced", of="defendant", age=17, source="custody")(
            "Do you know this man? Call 101.", incident=SENTENCED
        ),
        picture("custody, 15, wanted", of="wanted", age=15, source="custody")(
            "Do you know this man? Call 101."
        ),
        picture("custody, arrested", of="suspect", source="custody")(
            "Do you know this man? Call 101.", incident=ARRESTED
        ),
    ),
    let_through=(
        picture("custody, sentenced", of="defendant", source="custody")(
            "Jailed for four years.", incident=SENTENCED
        ),
        picture("from a camera")("Do you know this man? Call 101."),
        picture("custody, wanted adult", of="wanted", source="custody")(
            "Do you know this man? Call 101."
        ),
        picture(
            "custody, the last resort for a missing man",
            of="missing",
            source="custody",
            last_resort=True,
        )("Do you know this man? Call 101."),
        "Jailed for four years.",
    ),
)

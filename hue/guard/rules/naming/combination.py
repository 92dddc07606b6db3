"""Each detail is harmless; together they name somebody in a small place."""

import re
from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.reading import Reading
from hue.guard.rule import Hit, Rule, hits
from hue.guard.situations import ARRESTED, SMALL_PLACE

AGE = re.compile(r"\b\d\d(?:-| )year(?:-| )old\b|\baged \d\d\b|, \d\d(?:,| and \d\d\b)")
SMALL = re.compile(r"\b(?:village|hamlet|parish|farm)\b")
TIE = re.compile(
    r"\b(?:postman|postmaster|postmistress|vicar|priest|imam|teacher|headteacher|head teacher|nurse|"
    r"doctor|gp|farmer|publican|landlord|landlady|shopkeeper|butcher|baker|builder|plumber|"
    r"electrician|mechanic|hairdresser|barber|taxi driver|bus driver|councillor|solicitor|coach|"
    r"caretaker|scout leader|gamekeeper|fisherman|carer|dentist|vet|firefighter|soldier|lecturer|"
    r"chef|milkman|gardener|florist|accountant|librarian|dinner lady|lollipop (?:man|lady)|"
    r"(?:father|mother|dad|mum|grandfather|grandmother|parent)(?:-| )of(?:-| )\w+|"
    r"(?:brother|sister|son|daughter|wife|husband|widow|widower) of|parish clerk|organist|bell-ringer|"
    r"post office|head of|"
    r"(?:father|mother) and (?:son|daughter)|husband and wife|(?:two|three) (?:brothers|sisters)|twins|shepherd|smallholder|"
    r"who (?:farm|farms|runs|owns|keeps|manages|drives|delivers|teaches|coaches|chairs|rents) [^.,!?\n]{3,40})\b"
)


def find(reading: Reading) -> Iterator[Hit]:
    lower = reading.text.lower
    if _is_small(reading) and AGE.search(lower):
        yield from hits(TIE, reading.text)


def _is_small(reading: Reading) -> bool:
    incident = reading.draft.incident
    return bool(incident and incident.small_place) or bool(SMALL.search(reading.text.lower))


RULE = Rule(
    id="PUB-4",
    family="naming",
    severity=Severity.SECOND,
    wrong="Age, place and this together tell neighbours who it is.",
    right="Leave out the occupation or tie, or say a larger place.",
    source="College of Policing, APP Media and communications: arrests, charges and outcomes",
    when=lambda reading: reading.is_arrest,
    find=find,
    caught=(
        SMALL_PLACE("A 52-year-old postman from Berkswell is in custody."),
        SMALL_PLACE("A vicar, aged 52, is in custody."),
        SMALL_PLACE("A 40-year-old father of three is in custody."),
        SMALL_PLACE("The farmer, 61, was released on bail."),
        SMALL_PLACE("The 58-year-old, who runs the village post office, is in custody."),
        "A 52-year-old postman from the village was arrested.",
    ),
    let_through=(
        SMALL_PLACE("A 52-year-old man from Berkswell is in custody."),
        SMALL_PLACE("A man from Berkswell is in custody. The postman raised the alarm."),
        ARRESTED("A 52-year-old postman from Birmingham is in custody."),
        "The postman in the village, 52, helped us find a dog.",
        SMALL_PLACE("A man in his 50s is in custody."),
    ),
)

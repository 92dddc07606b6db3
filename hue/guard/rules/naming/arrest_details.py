"""After an arrest little may be said: gender, age, town, the offence, dates and what follows."""

import re
from collections.abc import Iterator

from hue.guard import occupations
from hue.guard.finding import Severity
from hue.guard.names import STREETS
from hue.guard.occupations import FROM, TRADES, WHO, WORK
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Hit, Rule, words
from hue.guard.sentences import has
from hue.guard.situations import ARRESTED, CHARGED, NO_STEPS

ROADS = f"{STREETS}|Crescent|Terrace|Row|Place|Square|Gardens|Walk|Mews|Yard|Rise|View|Cottages"
STREET = re.compile(
    rf"\b{WHO}\b[^.!?\n]{{0,40}}?\b(?P<here>(?:of|from|lives (?:on|in|at)|living (?:on|in|at)|"
    rf"(?:his|her|their) (?:home|house|address|flat) (?:on|in|at)) "
    rf"(?:\d+[a-z]?,? )?(?:[A-Z][\w']{{1,30}} ){{1,3}}(?:{ROADS}))\b"
)
HOME = re.compile(
    rf"\b(?P<here>(?:his|her|their) (?:home|house|address|flat|mum's|mother's|parents'|dad's) (?:on|in|at) "
    rf"(?:[A-Z][\w']{{1,30}} ){{1,3}}(?:{ROADS}))\b"
)
# “… on Laburnum Crescent: a man who lives there”, “who lives next door”
THERE = re.compile(
    rf"(?P<here>(?:[A-Z][\w']{{1,30}} ){{1,3}}(?:{ROADS}))\b[^.!?\n]{{0,60}}\b(?:lives there|lives here|the (?:tenant|occupant|"
    r"householder|resident|owner))\b"
)
NEXT = re.compile(
    r"\b(?P<here>(?:who )?(?:lives|living) (?:next door|opposite|above|over|behind|beside|at number|at \d)[^.,!?\n]{0,30})"
)
# Who is whose: “the husband of the woman who died”.
TIE = re.compile(
    r"\b(?P<here>(?:[Tt]he|[Aa]|[Hh]is|[Hh]er|[Tt]heir|[Tt]he victim's|[Tt]he (?:dead |injured )?(?:man|woman|girl|boy|baby|child)'s) "
    r"(?:\d\d-year-old |own |estranged |former |late |then )?(?:ex-?)?(?:husband|wife|partner|boyfriend|girlfriend|fianc[eé]e?|(?:step|grand)?(?:father|mother|"
    r"son|daughter|brother|sister)|stepdad|dad|mum|uncle|aunt|cousin|nephew|niece|carer|lodger|flatmate|housemate|landlord|neighbour|parent|relative|friend) of "
    r"(?:the |a |one |our |[A-Z])[^.,!?\n]{3,40}|whose (?:father|mother|dad|mum|son|daughter|brother|sister|wife|husband|partner)\b[^.,!?\n]{0,30})"
)
BIRTH = re.compile(
    r"\b(?P<here>[Bb]orn (?:on )?(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(?:the )?\d{1,2}(?:st|nd|rd|th)? (?:of )?[A-Z][a-z]+ (?:19|20)?\d\d))"
)
ROAD_SIGNS = frozenset(ROADS.lower().split("|"))
HOMES = (
    (ROAD_SIGNS, STREET),
    (ROAD_SIGNS, HOME),
    (words("lives tenant occupant householder resident owner"), THERE),
    (words("lives living"), NEXT),
    (frozenset("0"), BIRTH),
    (
        words(
            "husband wife partner boyfriend girlfriend fianc fiance fiancee father mother son daughter brother sister "
            "stepfather stepmother stepson stepdaughter stepbrother stepsister grandfather grandmother grandson "
            "granddaughter stepdad dad mum uncle aunt cousin nephew niece carer lodger flatmate housemate landlord neighbour parent relative friend whose"
        ),
        TIE,
    ),
)
# Somebody who called, saw or helped is not the one who is held.
HELPER = re.compile(
    r"\b(?:called us|rang us|raised the alarm|thanks?|thank|helped|spotted|saw|witness(?:es)?|said|says|visited|talk(?:ed)? to|"
    r"spoke|met|asked us|from our|of our|our team|stolen from|taken from|theft from|burgl\w+ (?:at|of)|robbery (?:at|of)|attack(?:ed)? (?:on|by))\b"
)


def find(reading: Reading) -> Iterator[Hit]:
    for field in reading.fields:
        helps = has(HELPER, field.lower)
        for match in occupations.found(field, (*WORK, *TRADES, *FROM)):
            name = match.lastgroup or 0
            if not helps(match.start(name)):
                yield Hit(field, match.start(name), match.end(name))
        for match in occupations.found(field, HOMES):
            yield Hit(field, match.start("here"), match.end("here"))


RULE = Rule(
    id="PUB-3",
    family="naming",
    severity=Severity.STOP,
    wrong="After an arrest this is more than may be said of the person.",
    right="Gender, age, town of home, nature, date and general place of the offence, and what "
    "follows: no street, employer or school.",
    source="College of Policing, APP Media and communications: arrests, charges and outcomes",
    may_override=COMMAND,
    when=lambda reading: reading.is_arrest or "nfa" in reading.states,
    find=find,
    caught=(
        ARRESTED("A man who works at Brindle Foods is in custody."),
        ARRESTED("A pupil at Moor Green School is in custody."),
        ARRESTED("A man, 34, from Oakfield Road is in custody."),
        ARRESTED("A man of 34, living at 66 Coatham Road, is in custody."),
        ARRESTED("The former Rhyl Athletic goalkeeper is in custody."),
        ARRESTED("A man, 34, a bookkeeper at Brindle Foods, was bailed."),
        ARRESTED("The man, who runs the village shop, is in custody."),
        ARRESTED("A Labour councillor, 58, was arrested."),
        ARRESTED("We arrested the lad from the chip shop."),
        ARRESTED("A 34-year-old man, a Year 6 teacher, was arrested."),
        ARRESTED("The doorman at Club Vesper is in custody."),
        ARRESTED("A vet at Pike & Lowther in Elstow is in custody."),
        ARRESTED("The 24-year-old Harnley Town striker is in custody."),
        ARRESTED("The lad who does the waltzers at Hobson's fair is in custody."),
        ARRESTED("The church organist at St Wilfrid's was bailed."),
        ARRESTED("A man, the husband of the woman who died, is in custody."),
        ARRESTED("A man of 50 who lives next door is in custody."),
        ARRESTED("A woman born 12 August 1991 is in custody."),
        "A man living on Oakfield Road has been arrested.",
        "A teacher at Hill School has been arrested.",
        "A woman was arrested at her home in Oakfield Road.",
    ),
    let_through=(
        ARRESTED("A man, 34, from Selly Oak is in custody."),
        ARRESTED("An officer was arrested. A driver, 30, was arrested."),
        ARRESTED("He was arrested on Tuesday near Oakfield Road."),
        ARRESTED("A man is in custody. The manager of the Swan raised the alarm."),
        ARRESTED("A man is in custody. Three driving offences are looked at."),
        CHARGED("A man who works at Brindle Foods is charged with theft."),
        NO_STEPS("A teacher at Hill School showed us round."),
        "A 34-year-old woman from Selly Oak has been arrested and bailed until 3 January.",
    ),
)

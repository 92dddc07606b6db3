"""While an operation is live no place finer than a ward is told."""

import re
from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.names import STREETS
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Hit, Rule
from hue.guard.situations import LIVE, STOOD_DOWN

MORE = (
    f"{STREETS}|Terrace|Crescent|Square|Gardens|Place|Walk|Row|Tower|Court|Mews|Parade|Roundabout"
)
PLACE = re.compile(
    rf"\b(?:the )?(?:[A-Z][\w']{{1,30}} ){{1,3}}(?:{MORE})\b(?! (?:Police|officers|team|Ward|ward|NPT))"
    r"|\b[Jj]unction (?:of|with|\d{1,2})[^.,!?\n]{0,40}|\b(?:corner|end|top|bottom) of [A-Z][\w']{1,30}"
    r"(?: [A-Z][\w']{1,30}){0,2}|\b(?:[A-Z][\w']{1,30} ){1,2}(?:Station|School|Church|Mosque|Pub|Hotel|Library|"
    r"Stadium|Centre|Club|Garage|Supermarket|Market|Hospital|Estate|Flats|Arms|Mosque|Academy|Bridge)\b"
    r"|\b(?:Tesco|Asda|Aldi|Lidl|Sainsbury's|Morrisons|McDonald's|Greggs|KFC|Co-op|Spar)\b[^.,!?\n]{0,25}"
    r"|\b(?:outside|behind|next to|opposite|near) (?:the|a) [a-z]+(?: [a-z]+)?"
)
NO_PLACE = re.compile(r"(?:Crown|Magistrates|County|High) Court|Police Station")


def find(reading: Reading) -> Iterator[Hit]:
    for field in reading.fields:
        for match in PLACE.finditer(field.text):
            if not NO_PLACE.search(match.group()):
                yield Hit(field, match.start(), match.end())


RULE = Rule(
    id="PUB-19.place",
    family="operations",
    severity=Severity.STOP,
    wrong="The operation is live, and this tells where it is.",
    right="Say the ward or the neighbourhood until it is stood down.",
    source="A judgement of this project, from College of Policing, APP Media and communications",
    may_override=COMMAND,
    when=lambda reading: reading.draft.operation.state == "live",
    find=find,
    caught=(
        LIVE("Officers are on Oakfield Road."),
        LIVE("We are at the junction of two streets."),
        LIVE("We are near Kings Heath Library."),
        LIVE("Stay away from Tesco."),
        LIVE("We are outside the bank."),
    ),
    let_through=(
        LIVE("Officers are in Northfield."),
        STOOD_DOWN("Officers were on Oakfield Road."),
        LIVE("A busy evening for the team in Selly Oak ward."),
        "Officers are on Oakfield Road.",
        LIVE("Thank you for your patience."),
    ),
)

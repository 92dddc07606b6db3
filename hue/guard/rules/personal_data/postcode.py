"""Full postcodes; the first half alone is a district and says little."""

import re
from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Example, Hit, Rule, words

AREAS = words(
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E "
    "EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL "
    "LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM "
    "SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE"
)
POSTCODE = re.compile(
    r"(?<![A-Za-z\d])(?P<area>[A-Za-z]{1,2})"
    r"(?P<district>\d[A-Za-z\d]?)(?P<gap>[ \n.,:_/(*~|\-–—]{0,3}| (?:and )?then | space )(?P<unit>\d-?[A-Za-z]{2})(?![A-Za-z\d])"
)
DIGIT_AFTER_LETTER = re.compile(r"\d(?<=[A-Za-z].)")
# Pulled apart: “C F 1 4 , 3 N Y”.
APART = re.compile(
    r"(?P<area>[A-Z](?<![A-Za-z\d].)(?:[ .,_\-]{1,2}[A-Z])?)[ .,_\-]{1,2}"
    r"(?P<district>\d(?:[ .,_\-]{0,2}[A-Z\d])??)[ .,_\-]{1,4}"
    r"(?P<unit>\d[ .,_\-]{1,2}[ABD-HJLNP-UW-Z][ .,_\-]{1,2}[ABD-HJLNP-UW-Z])(?![A-Za-z\d])"
)
# Parted at another place, in capitals: “B13 8 QT”, “SA 326 PT”.
PARTED = re.compile(
    r"(?P<area>[A-Z](?<![A-Za-z\d].)[A-Z]?)(?:\d[A-Z\d]?[ .\-]{1,3}\d[ .\-]{1,3}|(?<=[A-Z]{2}) \d{2,3} |(?<=[A-Z]{2}) \d{1,2} \d | \d{3} | \d{1,2}[ .\-]{1,2}\d)"
    r"[ABD-HJLNP-UW-Z] ?[ABD-HJLNP-UW-Z](?![A-Za-z\d])"
)
# “M6 3rd lane”, “M1 9pm”; C, I, K, M, O and V stand in no second half, but people err.
NO_UNIT = re.compile(r"1st|2nd|3rd|\dth|\d(?:[ap]m|[kmc]m|kg|km|mi|vw|kw|kv)", re.IGNORECASE)
ODD = re.compile(r"[cikmov]", re.IGNORECASE)


def find(reading: Reading) -> Iterator[Hit]:
    own = {_plain(one) for one in reading.policy.own_postcodes}
    for field in reading.fields:
        for match in _whole(field.numbers.text):
            if _is_home(match, field.text) and _plain(match.group()) not in own:
                district = (match["area"] + match["district"]).upper()
                yield Hit(field, match.start(), match.end(), mend=district, in_numbers=True)
        for pattern in (APART, PARTED):
            for match in pattern.finditer(field.text):
                if _plain(match["area"]) in AREAS:
                    yield Hit(field, match.start(), match.end())


def _whole(text: str) -> Iterator[re.Match[str]]:
    done = 0
    for digit in DIGIT_AFTER_LETTER.finditer(text):
        at = digit.start()
        match = POSTCODE.match(text, max(done, at - 2)) or POSTCODE.match(text, max(done, at - 1))
        if match:
            yield match
            done = match.end()


def _plain(postcode: str) -> str:
    return re.sub(r"[^A-Z\d]", "", postcode.upper())


def _is_home(match: re.Match[str], text: str) -> bool:
    if match["area"].upper() not in AREAS:
        return False
    if ODD.search(match["unit"]):
        is_measure = NO_UNIT.match(match["unit"]) and not match["unit"].endswith(("KV", "KW", "VW"))
        if match.group() not in text:  # nobody spells a measure out
            return not is_measure
        return match["gap"] == " " and match.group().isupper() and not is_measure
    return not (match["gap"] and NO_UNIT.fullmatch(match["unit"]) and match["unit"].islower())


RULE = Rule(
    id="DATA.postcode",
    family="personal_data",
    severity=Severity.STOP,
    wrong="A full postcode points at a handful of homes.",
    right="Say the district (its first half) or the neighbourhood.",
    source="Data protection principles: no more than the purpose needs (DP-2); PUB-3",
    may_override=COMMAND,
    signs=frozenset("0"),
    find=find,
    caught=(
        "Burglary in B29 6BD last night",
        "burglary in b296bd last night",
        "Searching near CV1-2AB",
        "Send someone to C F 1 4 , 3 N Y",
        "B-2-9 6-B-D",
        "Found in B13 8 QT",
        "Found in SA 326 PT",
        "Found outside NE 61 3 AB",
        "It is engraved with SY16 2KV",
        "It was sent to BD9 5...JH",
        "It was in B14 (6LQ)",
        "It was in en-one-one three-jay-zed",
        "We are at Bravo two nine, six Bravo Delta",
        "It was B two nine six B D",
        "It was in Tango Sierra two four, seven November Kilo",
        "It was in B29 space 6BD",
        "It was in B 29 6BD",
        "It was in B29*6BD",
        "It was in B-29-6-B-D",
        "He lives in SY7 4KD",
        "He lives at SW1A 2AA",
        "Found in M1 1AE",
        "Found in В29 6ВD",  # Cyrillic letters
        Example("Map", {"file_names": ["map-B29 6BD.jpg"]}),
    ),
    let_through=(
        "Burglaries in B29 and B31",
        "Queues on the M6 3rd lane closed",
        "The A38 and B4121 are open",
        "Doors open 5pm to 9PM",
        "Bus 61 to B1 is late",
        "Room C12 4th floor",
        "A Galaxy S23 FE was found",
        "We are in B29 2 by 2",
        "Exit J 12 3 WAY lights",
        "M6 5PM to 7PM: one lane closed",
        "B29: 6pm, then B31: 7pm",
        "M6 then 2 miles of queues",
        "Mike and Charlie walked two or three miles",
    ),
)

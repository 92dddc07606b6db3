"""Registration marks of vehicles, in every form given in the United Kingdom since 1932."""

import re
from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.fold import DIGIT_WORDS
from hue.guard.reading import Field, Reading
from hue.guard.rule import COMMAND, Example, Hit, Rule, hits, leaping, words

# Since 2001, 1983 to 2001, 1963 to 1983; Northern Ireland since 1966 has I or Z.
SURE = re.compile(
    r"(?<![\w£@#])(?:[A-HK-PR-Y][A-HJ-PR-Y][ .)\-]{0,2}(?:0[1-9]|[1-8]\d|9[0-1]|[OI]\d|\d[OI])(?:[ \n.,_/(\-]{0,3}| dash | space )(?P<last>[A-HJ-PR-Z](?: ?[A-HJ-PR-Z]){2})"
    r"|(?P<prefix>(?:(?:[A-HJ-NPR-TV-Y]|Q ?)\d{1,3}[ .\-]?|[A-HJ-NPR-TV-Y] \d{3} )[A-HJ-PR-Y][A-HJ-PR-Z][A-HJ-PR-Y])"
    r"|(?P<suffix>[A-HJ-PR-Y]{3}[ .\-]?\d{1,3}[A-HJ-NPR-TV-Y])"
    r"|\d{3} ?[DX] ?\d{3}|[A-Z]{0,1}(?:[A-Z]I|I[A-Z]|[A-Z]Z)[A-Z]{0,1}[ .\-]?\d{3,4})(?!\w)"
)
SURE_BEGINS = re.compile(r"[A-Z\d](?<![\w£@#].)(?=[A-Z]{0,3}[ .)\-]{0,2}[\dOI])")
# Without digits that stand alone nothing is pulled apart.
LONE_DIGITS = re.compile(r"\d(?<=[ .,_/\-].)[ .,_/\-]{1,3}\d(?!\d)")
# Pulled apart, today's form: “s.j.1.9.k.l.v”.
APART = re.compile(
    r"(?<!\w)[a-z]([ .,_/\-]{1,2})[a-z]\1\d\1\d\1[a-z]\1[a-z]\1[a-z](?!\w)", re.IGNORECASE
)
# “VX zero-eight BGT”
SPELLED = re.compile(
    r"(?<!\w)[A-Z]{2} (?:zero|oh|nought|one|two|five|six|seven)[ -](?:zero|oh|one|two|three|four|five|six|seven|eight|nine) [A-Z]{3}(?!\w)"
)
# “kx zero seven, h d m”
SAID_SMALL = re.compile(r"(?<!\w)[a-z]{2} ?\d\d ?[A-Z]{3}(?!\w)")
APART_BIG = re.compile(
    r"(?<!\w)[A-Z][ .,_/\-]{0,3}[A-Z][ .,_/\-]{1,3}\d[ .,_/\-]{1,3}\d(?:[ .,_/\-]{1,3}[A-Z]){3}(?!\w)"
)
# Of dealers, and of the army: “trade plate 08162”, “24 GN 68”.
TRADE = re.compile(r"\btrade plates?[ ,:]{1,3}(?P<here>\d{3,5}(?: ?[a-z]{2,3})?)\b")
# 1932 to 1963, either way round: like many other things, so a vehicle must be spoken of.
OLD = re.compile(
    r"(?<![\w£@#])(?:\d\d [A-Z]{2} \d\d|[A-Z]{1,3}[ .\-]?\d{1,4}|\d{1,4}[ .\-]?[A-Z]{1,3}"
    r"|[A-Z] ?[A-Z] ?\d ?\d[ .\-]*[A-Z] ?[A-Z] ?[A-Z])(?![\w:/])"
)
SPOKEN_OF = re.compile(
    r"\b(?:reg|regs|registration|registered|plate|plates|number plate|index|vrm|vrn|numberplate)\b"
)
MARK_WORDS = words("reg regs registration registered plate plates index vrm vrn numberplate")
VEHICLES = words(
    "car van lorry truck hgv motorbike motorcycle moped scooter bike vehicle caravan trailer "
    "audi bmw ford fiesta focus transit vauxhall corsa astra vw volkswagen golf polo passat "
    "toyota yaris honda civic nissan qashqai juke mini mercedes sprinter renault clio peugeot "
    "citroen kia hyundai skoda seat leon ibiza fiat mazda volvo jaguar lexus tesla suzuki "
    "yamaha kawasaki tractor driver driving morris austin hillman triumph mg rover escort "
)
TOOLS = words(
    "bosch makita stihl dewalt milwaukee ryobi hilti husqvarna honda-engine festool paslode"
)
CRAFT = words("flight boat vessel trawler ship train")
LOWER_SURE = re.compile(
    r"(?<![\w@#])[a-hk-pr-y][a-hj-pr-y](?:0[1-9]|[1-8]\d)[ .\-]?[a-hj-pr-z]{3}(?!\w)"
)
# Of before 2001 and of Northern Ireland, in small letters and in one piece
LOWER_OLD = re.compile(
    r"(?<![\w@#£])(?:[a-hj-npr-tv-y]\d{1,3}[a-hj-pr-y][a-hj-pr-z][a-hj-pr-y]|[a-hj-pr-y]{3}\d{1,3}[a-hj-npr-tv-y]"
    r"|[a-z]?(?:[a-z]i|i[a-z]|[a-z]z)\d{4})(?!\w)"
)
WORDS = words(
    "AND THE FOR NOW NEW ARE WAS HAS CAR VAN MAN MEN OUT OFF NOT ALL ANY BUS DUE END JAN FEB MAR APR "
    "MAY JUN JUL AUG SEP OCT NOV DEC MPH WAY TWO LAD OLD BUT WHO YOU CAN GET GOT HAD HER HIS HER SEE "
    "RUN SAY SET TRY USE VIA WAR YES EAST WEST ROAD BOY FAN KEY LOT TOP HOT RED"
)
# Written small beside a number: “so 120 cars”, “14 in July”.
SMALL = words(
    "so in on at to of by as is it an or if we he me my no up us go do be am pm ok all and any are but can did for get got "
    "had has her him his how its let man may men new not now off old one our out own per put ran red saw say see set she six "
    "ten the too top two use van via was way who why yes yet you bus car day dog cat lot men mph kmh"
)
LETTERS = re.compile(r"[a-z]+")
NO_PLATE = re.compile(
    r"(?:[ABM] ?\d{1,4}|[ABM]\d{1,4}\(M\)|J ?\d{1,2}|PC ?\d+|DC ?\d+|PS ?\d+|CC ?\d+|DS ?\d+|DI ?\d+"
    r"|PCSO ?\d+|CAD ?\d+|LOG ?\d+|REF ?\d+|\d+ ?(?:AM|PM|MPH|KM|M|K|KG|G|CM|MM|CC|ST|ND|RD|TH|X|P|S|"
    r"HRS|HR|BST|GMT|MIN|FT|L|B|C|CV|A|D)|IC ?\d|I ?\d+|A ?\d+|AT ?\d+|IN ?\d+|ON ?\d+|BY ?\d+|OF ?\d+|"
    r"TO ?\d+|NO ?\d+|IS ?\d+|ARE ?\d+|WAS ?\d+|HAS ?\d+|OR ?\d+|AS ?\d+|AGE ?\d+|THE ?\d+|TOP ?\d+|DAY ?\d+|BUS ?\d+|AND ?\d+|BMW ?\d+|X ?\d|G ?\d|"
    r"MX ?\d|GT ?\d+|C ?\d|Q ?\d|R ?\d|S ?\d|E ?\d+|W ?\d+|N ?\d+|AN ?\d+|XI ?\d+|JAN ?\d+|FEB ?\d+|MAR ?\d+|APR ?\d+|"
    r"MAY ?\d+|JUN ?\d+|JUL ?\d+|AUG ?\d+|SEP ?\d+|OCT ?\d+|NOV ?\d+|DEC ?\d+|GP ?\d|BD ?\d+|UK ?\d+|(?:IMG|DJI|VID|PIC|MVI|FIG|ISO|RIP|VIP|ITV|MIX|AI|II|IT|III|CIV|SIX|BIO|TIP|PIN|SIM|WI|AIR|FIX|SIR|MIN|MIL|CIS|NI|CID|PIP) ?\d+)"
)


def find(reading: Reading) -> Iterator[Hit]:
    for field in reading.fields:
        yield from _sure(field)
        if not field.words.isdisjoint(MARK_WORDS) and SPOKEN_OF.search(field.lower):
            yield from _spoken_of(field)
        elif not field.words.isdisjoint(VEHICLES):
            yield from _with_a_vehicle(field)


def _sure(field: Field) -> Iterator[Hit]:
    if field.name.startswith("file_names"):
        yield from hits(LOWER_SURE, field)
    if not DIGIT_WORDS.isdisjoint(field.words):
        yield from (Hit(field, *match.span()) for match in SPELLED.finditer(field.text))
    if "trade" in field.words:
        yield from hits(TRADE, field)
    for match in _marks(field.numbers.text) if "0" in field.words else ():
        makes = match.string[max(0, match.start() - 16) : match.start()].lower().split()[-1:]
        if not (TOOLS | CRAFT | {"number"}).isdisjoint(makes):
            continue
        if not _is_a_road(match.group()) and not NO_PLATE.fullmatch(match.group()):
            yield Hit(field, match.start(), match.end(), in_numbers=True)


def _marks(text: str) -> Iterator[re.Match[str]]:
    yield from leaping(SURE_BEGINS, SURE, text)
    yield from SAID_SMALL.finditer(text)
    if LONE_DIGITS.search(text):
        yield from APART.finditer(text)
        yield from APART_BIG.finditer(text)


def _is_a_road(mark: str) -> bool:
    """“M6 NOW”, “B29 AND”: a short word after a road or district."""
    return mark[-3:] in WORDS or mark[:3] in WORDS


def _spoken_of(field: Field) -> Iterator[Hit]:
    """“Reg” stands there: the older forms too, and small letters, within reach of the word."""
    for word in SPOKEN_OF.finditer(field.lower):
        reach = slice(max(0, word.start() - 40), word.end() + 60)
        for match in OLD.finditer(field.text.upper(), reach.start, reach.stop):
            written = field.text[match.start() : match.end()]
            shouted = field.text.isupper() or not written.isupper()
            common = (shouted and match.group()[:3] in WORDS) or _is_small_talk(written)
            plain = common or NO_PLATE.fullmatch(match.group())
            if not plain and any(char.isdigit() for char in written) and _enough(written):
                yield Hit(field, match.start(), match.end())
        for match in LOWER_SURE.finditer(field.lower, reach.start, reach.stop):
            yield Hit(field, match.start(), match.end())
        for match in SURE.finditer(field.text.upper(), reach.start, reach.stop):
            if not _is_a_road(match.group()):
                yield Hit(field, match.start(), match.end())


def _is_small_talk(written: str) -> bool:
    return " " in written and not SMALL.isdisjoint(LETTERS.findall(written))


def _enough(mark: str) -> bool:
    return sum(char.isalnum() for char in mark) >= 4 or mark.isupper()


def _with_a_vehicle(field: Field) -> Iterator[Hit]:
    """A car is spoken of: capital forms of before 1963, and small letters of today's form."""
    for match in OLD.finditer(field.text):
        letters = sum(char.isalpha() for char in match.group())
        long = letters >= 2 and sum(char.isdigit() for char in match.group()) >= 3
        if (long or letters >= 5) and not _is_no_mark(match):
            yield Hit(field, match.start(), match.end())
    for match in LOWER_SURE.finditer(field.lower):
        if match.group()[-3:].upper() not in WORDS:
            yield Hit(field, match.start(), match.end())
    yield from hits(LOWER_OLD, field)


# “the bike marked BC4417”: what a thing is known by.
MARKED = re.compile(r"\b(?:marked|coded|stamped|tagged|engraved|frame|(?<!plate )number) $")


def _is_no_mark(match: re.Match[str]) -> bool:
    """“Ford Fiesta ST150”: what follows a make without a comma is the model."""
    before = match.string[: match.start()].split(" ")[-2:]
    makes = match.string[: match.start()].lower().split()[-1:]
    if not TOOLS.isdisjoint(makes) or match.group().split()[-1].upper() in WORDS:
        return True
    if MARKED.search(match.string, 0, match.start()):
        return True
    is_model = match.group().isalnum() and before[0].lower() in VEHICLES and before[-1] == ""
    return is_model or NO_PLATE.fullmatch(match.group()) is not None


RULE = Rule(
    id="DATA.vehicle",
    family="personal_data",
    severity=Severity.STOP,
    wrong="A registration mark leads to its keeper.",
    right="Say make, model and colour; leave the mark to those who report a sighting.",
    source="Data protection principles: no more than the purpose needs (DP-2)",
    may_override=COMMAND,
    signs=DIGIT_WORDS | {"0"},
    find=find,
    caught=(
        "Look out for a white Transit, BD51 SMR",
        "A white Transit, BD 51 SMR",
        "The plate was bd51smr",
        "An old Escort, A123 BCD, was left there",
        "A Mini, ABC 123D, is missing",
        "A Morris Minor, ABC 123, was taken",
        "An Austin, 123 ABC, was taken",
        "A Triumph with the registration AB 1234",
        "A van from Newry, AXI 1234",
        "A van from Newry, axi1234",
        "An old Escort, a123bcd, was left there",
        "A car with Q plates, Q123 ABC",
        "Reg B D 5 1 S M R",
        "You there in VX zero-eight BGT",
        "It is BD 51 dash SMR",
        "A van, bd zero seven, s m r, blocks the gate",
        "A van, Bravo Delta five one, Sierra Mike Romeo",
        "Whose is b.d.5.1.s.m.r? It blocks the lane",
        "A van, BDO1 SMR, with an O for the nought",
        "GU12\nXNS is on the back of it",
        "A kit car, Q 318 TFB",
        "That one is Y 111 EGG",
        "That one is (BD) 51 (SMR)",
        "A diplomat's car, 101 D 226",
        "On the zigzags: B D 5 1  S M R",
        "A lorry with the trade plate 08162",
        "An army Land Rover, 24 GN 68, is gone",
        Example("Again", {"file_names": ["bd51_smr_again.jpg"]}),
        Example("Seized", {"file_names": ["IMG_BD51SMR_seized.jpeg"]}),
        Example("Recovered", {"file_names": ["BD51SMR.jpg"]}),
    ),
    let_through=(
        "A white Transit was left on the A38",
        "QUEUES ON THE M6 NOW",
        "PC 4321 stopped a driver at 45 mph",
        "A BMW X5 and a Mazda MX5 collided",
        "The car was in B29 and the driver in B31",
        "A driver, 34, was stopped at 9PM",
        "Part of its plate is 90",
        "Plates stolen this month: 14 in Hall Green, so 120 cars have new screws",
        "A 2019 car, 24 hours",
        "A Ford Fiesta ST150 and a Lexus NX300",
        "Golf, hotel and one, two, three clubs",
        "World War II 1945, ISO 9001, VIP 100",
        Example("Seized", {"file_names": ["IMG_2204.jpg"]}),
    ),
)

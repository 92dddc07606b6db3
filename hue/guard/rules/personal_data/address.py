"""A house or flat number with its street."""

import re
from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.reading import Field, Reading
from hue.guard.rule import COMMAND, Example, Hit, Rule, begun, hits, leaping, words

STREETS = words(
    "street st road rd avenue ave lane ln close cl drive dr court ct crescent cres grove gardens "
    "gdns garden place pl terrace terr way walk hill row mews square sq green park view rise parade "
    "croft meadow meadows vale gate wharf path end dale cottages villas mount heights drove bank "
    "fields orchard common passage broadway crossway chase glade copse wynd heath "
    "mead dene brow lea leys leas spinney coppice hey fold ginnel quay "
    "esplanade promenade boulevard parkway circus yard arcade ridge "
    "cloisters courtyard oval bypass garth brae loan wynd gait strand"
)
STREET = rf"(?:{'|'.join(sorted(STREETS, key=len, reverse=True))})"
STREET_NAME = "|".join(one.title() for one in sorted(STREETS, key=len, reverse=True))
ROAD_WORDS = words("road street lane avenue close drive way row terrace yard hill green grove")
# Welsh streets say first what they are: 27 Heol Isaf.
WELSH = re.compile(
    r"(?<![\w.,:/£$#+\-])(?P<number>\d{1,4}[A-Za-z]?),? "
    r"(?P<street>(?:Heol|Ffordd|Stryd|Lon|Maes|Rhodfa|Clos|Bryn|Llys|Cae|Parc|Gerddi|Rhes|Tir|Dol|"
    r"Nant|Rhiw|Erw|Cwrt)(?:[ \-](?:y|yr|Y|Yr|[A-Z][a-z]+)){1,3})\b"
)
WELSH_WORDS = words(
    "heol ffordd stryd lon maes rhodfa clos bryn llys cae parc rhiw gerddi rhes tir dol nant erw cwrt"
)
# “Ty Gwyn, Heol y Felin”
WELSH_HOUSE = re.compile(
    r"\b(?:Ty|Plas|Bwthyn|Hafod|Bryn|Cae|Pen|Tan|Llwyn|Maes|Glan|Nant)[ -](?:y |yr )?[A-Z][a-z]+, "
    r"(?:Heol|Ffordd|Stryd|Lon|Maes|Rhodfa|Clos|Llys|Rhiw)(?: (?:y|yr|Y|Yr|[A-Z][a-z]+)){1,3}\b"
)
ENDS = words("terrace house cottage bungalow semi flat door")
FLATS = r"house|court|tower|towers|point|lodge|mansions|heights|apartments|building|block"
ADDRESS = re.compile(
    r"(?<![\w.,:/£$+\-])(?<!\d )(?P<number>(?:\d(?: \d){1,3}|\d{1,4})(?: and a half)?[a-z]?(?: ?[\-/] ?\d{1,3}[a-z]?)?),?[ \n]{1,2}"
    rf"(?P<street>(?:(?:st|upper|lower|old|new|great|little)\.? )?(?:[a-z][a-z'\-]+ ){{1,3}}?{STREET})\b"
)
ADDRESS_BEGINS = re.compile(r"\d(?<![\w.,:/£$+\-].)(?<!\d .)")
ONES = r"(?:one|two|three|four|five|six|seven|eight|nine)"
TENS = r"(?:twenty|thirty|forty|fourty|fifty|sixty|seventy|eighty|ninety)"
COUNTED = (
    rf"(?:(?:{ONES}|a)[ \-]hundred(?:[ \-]and)?[ \-])?(?:{TENS}(?:[ \-]{ONES})?|{ONES}|ten|eleven|twelve"
    rf"|[a-z]{{3,5}}teen)|(?:{ONES}|a) hundred"
)
# “Number fourteen Oakfield Road”, “house 14 on Oakfield Road”.
SAID = re.compile(
    rf"\b(?:(?:number|house(?: number)?|no\.?|at(?! (?:{ONES}|ten|eleven|twelve),)|of|from|(?<!\d )to|outside|inside) |no\.(?=\d))(?P<number>\d{{1,4}}[a-z]?|(?:{COUNTED})(?: [a-f])?),? "
    rf"(?:on |in |of )?(?P<street>(?:[a-z][a-z'\-]+ ){{1,3}}?{STREET})\b"
)
SAID_WORDS = words("number house no at of from to outside inside")
# “Twenty six, Albany Mews”
COMPOSED = re.compile(
    rf"\b(?P<number>{TENS}[ \-]{ONES}),? (?P<street>(?:[a-z][a-z'\-]+ ){{1,3}}?{STREET})\b"
)
# “the lodger at number 9”, “number 9 as you come off the bridge”
DOOR = re.compile(
    rf"\b(?:at|from|of|outside|opposite|inside|beside|behind|in|to|into|and|is|it's) (?:house |the )?(?:number|no\.?(?= \d)) "
    rf"(?P<here>\d{{1,3}}[a-z]?|{COUNTED})\b(?! (?:in|on) (?:the|our|my) (?:list|charts?|world|country|table|poll)| (?:bus|platform|priority|one|stop|shirt|route|tram|player|seed|spot)\b| (?:don't|doesn't|do not|won't|will not) (?:stop|run)\b| on (?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
# The other way round: “Oakfield Road, number 14”.
AFTER = re.compile(
    rf"\b(?:[A-Z][\w']{{1,30}} ){{1,3}}(?:{STREET_NAME}|House|Towers?|Mansions|Point|Lodge|Heights),? \(?(?:at )?(?:[Nn]umber|[Nn]o\.?|[Hh]ouse|[Ff]lat|[Aa]partment|[Aa]pt\.?) (?:\d{{1,4}}[a-z]?|{COUNTED})\b"
)
# “Flat C, Tennyson House”
LETTERED = re.compile(
    rf"[Ff]lat [A-H],? (?:at |on |in )?(?:\d{{1,4}}[a-z]? )?(?:[A-Z][\w']{{1,30}} ){{1,3}}(?:{STREET_NAME}|House|Towers?|Mansions|Point|Lodge|Heights)\b"
)
LETTERED_WORDS = words("flat apartment apt")
# “the end terrace on Pant Road”
WHICH = re.compile(
    r"\b[Tt]he (?:end|corner|last|first|second|third|left-hand|right-hand) (?:of )?(?:terrace|house|cottage|bungalow|semi|flat|door)"
    rf" (?:on|in|of|along) (?:the )?(?:[A-Z][\w']{{1,30}} ){{1,3}}(?:{STREET_NAME})\b"
)
# A road without a word for it: “14 Kingsway”, “number 14 in Broadmead”, “number 9, The Strand”.
BARE = re.compile(
    r"\b(?:(?:[Nn]umber|[Hh]ouse(?: number)?|No\.?|[Dd]oor) \d{1,4}[a-z]?,? (?:on |of |in )?(?:the |The )?"
    r"(?P<named>(?![A-Z][a-z]+day)[A-Z][a-z']+(?: [A-Z][a-z]+)?)|(?:[Aa]t|of|from|to|[Oo]utside|[Ii]nside|on) \d{1,3}[a-z]?,? "
    r"(?P<one>The [A-Z][a-z]+|(?!Southgate|Harrogate|Ramsgate|Margate|Galway|Tyneside|Teesside|Mersey|Norway|Reigate)"
    r"[A-Z][a-z]+(?:way|gate|side|croft|mead|mount|bank|garth|ridge)))\b(?! [A-Z]| (?!has\b|was\b|is\b|as\b)[a-z]+s\b)"
)
BARE_WORDS = words("number house no door at of from to outside inside on")
DOOR_AND_NAME = re.compile(r"\d[a-z]?,? (?:on |of |in )?(?:the )?[A-Z]")
# “the library, 22 Chapel Street” is open to anybody.
VENUE = re.compile(
    r"(?:\b(?i:library|hall|church|chapel|mosque|temple|school|academy|college|centre|station|hub|caf[eé]|hospital|surgery|clinic"
    r"|theatre|museum|gallery|leisure|pool|gym|supermarket|store|market|bank|office|offices|courthouse|court|stadium|arena|cinema"
    r"|pharmacy|nursery|hotel|restaurant|takeaway|shop|bakery|salon|garage|foodbank|food bank|club|arms|inn|pub|room|rooms|exchange)"
    r"|Tesco|Asda|Aldi|Lidl|Morrisons|Sainsbury's|Co-op|Greggs|Boots|Waitrose|Spar|Costa|Halfords|Argos|Iceland|B&Q|Wickes|McDonald's)"
    r"(?: of [a-z]+| \([^)]{1,20}\))?, (?:at |on )?$"
    r"|\b(?i:station|library|hub|centre|hall|guildhall|council house|exchange|headquarters|HQ|church|school|college|museum|office|offices|surgery|hospital|court|building|university|union)(?:,| is| are)? "
    r"(?:\(|at |in |on |one at |of )$"
    r"|\b(?i:guildhall|council house|town hall|HQ|headquarters|building|centre|hub|station), $|\bstation(?: [A-Z]\w+)? at $|\b(?:little|new|old) one at $"
)
# What stands after: “17 Union Street Police Station”, “118 Bridge Street (station)”
OPEN_TO_ALL = re.compile(
    r",? \(?(?:the )?(?:[Pp]olice )?(?:[Ss]tation|[Ll]ibrary|[Hh]all|[Cc]hurch|[Cc]entre|[Hh]ub|[Ss]chool|[Ss]ports centre|[Ll]eisure centre|[Cc]ommunity centre)\b"
)
CIVIC = words("town civic guildhall university council constabulary")
SEVERAL = re.compile(r" (?!has\b|was\b|is\b|as\b|this\b)[a-z]+s\b")  # “two High Street shops”
# A house with a name, and its road.
HOUSE = re.compile(
    r"\b(?:(?:[A-Z][\w']{1,30} ){1,2}(?:Cottages?|Forge|Barn|Lodge|Vicarage|Rectory|Bungalow|Farmhouse|Villa|"
    r"Nook|Croft|Smithy|Byre|Stables|Oast|Manse|Gatehouse|Dairy|Granary|Annexe)|The (?:Old (?!Swan|Bull|Bell|Crown|Ship|Red|White|Black|Town|Market|Bus|Mill )[A-Z]\w+(?: House| Office)?|"
    r"Firs|Elms|Limes|Laurels|Hollies|Beeches|Willows|Cedars|Poplars|Oaks|Gables|Orchards?|Paddocks?|Stables|"
    r"Bungalow|Cottage|Barn|Lodge|Forge|Nook|Granary|Coach House|Rectory|Vicarage|Chestnuts|Pines|Hawthorns)"
    r"|(?:[A-Z][\w']{1,30} ){1,2}(?:Farm|Grange|Manor)|[A-Z][a-z]+'s (?:House|Rest|View|Nook|End|Retreat|Halt)|(?<=lives at )(?:[A-Z][\w']{1,30} ){1,2}(?:House|Farm|Hall|Grange|Manor)|\d{1,3} (?:[A-Z][\w']{1,30} )Cottages),? "
    rf"(?:on |in |off )?(?:[A-Z][\w']{{1,30}} ){{1,3}}(?:{STREET_NAME})\b"
)
HOUSE_BEGINS = re.compile(r"[A-Z\d](?<!\w.)")
# “62 Nelson Tower”, “19a Wellgate”, “Apartment 12, The Maltings”, “unit 4/209 Quay Street”
BLOCK = re.compile(
    r"\d(?<![\w.,:/£$#].)\d{0,2}(?:[a-z]? (?:[A-Z][a-z']+ ){1,2}(?:Towers?|Mansions|Heights|Steps)|[a-z] [A-Z][a-z]+(?:gate|way|side|croft|mead|garth|ridge|holme|bank))\b"
)
UNIT = re.compile(
    r"(?:[Ff]lat|[Aa]partment|[Aa]pt|[Uu]nit) (?:\d{1,3}[a-z]?,? The [A-Z][a-z]+|\d+/\d+ (?:[A-Z][a-z]+ ){1,2}(?:Street|Road|Lane|Way))\b"
)
FLAT_WORDS = words(
    "flat apartment apt room unit bungalow maisonette studio bedsit chalet caravan cottage plot lodge cabin"
)
TENS_WORDS = words("twenty thirty forty fourty fifty sixty seventy eighty ninety")
BUSES = words("bus buses tram trams route")
TEENS = words("eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
DOOR_WORDS = words("number no")
DOORS = words("number house no door")
HOUSES = words(
    "cottage cottages forge barn lodge vicarage rectory bungalow farmhouse villa nook croft smithy byre stables oast manse grange manor rest view nook end retreat halt "
    "gatehouse dairy granary annexe house office firs elms limes laurels hollies beeches willows cedars poplars oaks gables "
    "orchard orchards paddock paddocks chestnuts pines hawthorns farm hall grange manor old"
)
COUNT_WORDS = words(
    "number house no one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty thirty forty fourty fifty sixty seventy eighty ninety hundred"
)
# “flat 2 above the bakery on Mill Street”
ABOVE = re.compile(
    rf"\b(?:flat|apartment|apt|room|unit)\.? \d{{1,3}}[a-z]?,? (?:above|over|behind|at) [a-z' ]{{3,30}}? (?:on|in|at) "
    rf"(?:[a-z][a-z'\-]+ ){{1,3}}?{STREET}\b"
)
FLAT = re.compile(
    r"\b(?P<kind>flat|apartment|apt|room|bungalow|maisonette|studio|bedsit|chalet|caravan|cottage|plot|lodge|cabin)\.? "
    rf"(?P<number>(?:no\.? )?\d{{1,4}}[a-z]?|{COUNTED}),? (?:at |in |on )?"
    rf"(?:[a-z' ]{{4,30}}, )?(?:\d{{1,4}}[a-z]? |(?:{COUNTED}) )?(?P<street>(?:[a-z][a-z'\-]+ ){{1,3}}?(?:{FLATS}|{STREET}))\b"
)
NOT_BEFORE = re.compile(
    r"(?:junction|junctions|jct|j|exit|route|routes|bus|buses|service|services|platform|line|day|"
    r"week|grade|aged|age|around|about|approx|approximately|over|under|between|least|than|"
    r"nearly|almost|past|top|class|year|years|gate|unit|pitch|stand|zone|sector|phase|tram|metro|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|"
    r"mar|apr|jun|jul|aug|sept|sep|oct|nov|dec|log|ref|reference|incident|article|section|part) $"
)
NOT_A_NAME = words(
    "on at in to of from near by off along into onto past via and or with a an is are was were "
    "am pm mph mm cm km kg hours hour mins minutes minute miles mile metres yards people men women "
    "man woman officers cars car vehicles vehicle vans year years old month months day days week "
    "weeks bus buses bags wraps arrests crimes burglaries thefts children teenagers calls reports "
    "lanes residents houses homes properties shops other more others for january february march "
    "april may june july august september october november december jan feb mar apr jun jul aug "
    "sept sep oct nov dec bedroom wheel star way tickets drivers knives seater door new "
    "drink drug drunk further that this who left our your their his her local stolen parked seized plants hectares "
    "so but then if when as because please "
    "acres lane-closed metre foot feet ft inch tonne litre level storey"
)


def find(reading: Reading) -> Iterator[Hit]:
    for field in reading.fields:
        yield from _numbered(field)
        if not FLAT_WORDS.isdisjoint(field.words):
            yield from hits(ABOVE, field)
        if not DOOR_WORDS.isdisjoint(field.words):
            yield from () if BUSES & field.words else hits(DOOR, field)
        for match in _said(field):
            if _is_said(match, field.text):
                yield Hit(field, match.start(), match.end())
        for match in (*_bare(field), *_named(field), *BLOCK.finditer(field.text), *_unit(field)):
            yield Hit(field, match.start(), match.end())


def _bare(field: Field) -> Iterator[re.Match[str]]:
    if DOOR_AND_NAME.search(field.text):
        yield from begun(BARE, field, BARE_WORDS, as_written=True)


def _unit(field: Field) -> Iterator[re.Match[str]]:
    yield from begun(UNIT, field, FLAT_WORDS, as_written=True)


def _named(field: Field) -> Iterator[re.Match[str]]:
    if not WELSH_WORDS.isdisjoint(field.words):
        yield from WELSH_HOUSE.finditer(field.text)
    if not LETTERED_WORDS.isdisjoint(field.words):
        yield from begun(LETTERED, field, LETTERED_WORDS, as_written=True)
        yield from AFTER.finditer(field.text)
    if not STREETS.isdisjoint(field.words):
        if not HOUSES.isdisjoint(field.words):
            yield from leaping(HOUSE_BEGINS, HOUSE, field.text)
        if not DOORS.isdisjoint(field.words) and not BUSES & field.words:
            yield from AFTER.finditer(field.text)
        if not ENDS.isdisjoint(field.words):
            yield from WHICH.finditer(field.text)


def _said(field: Field) -> Iterator[re.Match[str]]:
    if not FLAT_WORDS.isdisjoint(field.words):
        yield from FLAT.finditer(field.lower)
    if not COUNT_WORDS.isdisjoint(field.words):
        yield from begun(SAID, field, SAID_WORDS)
        yield from begun(COMPOSED, field, TENS_WORDS)


def _numbered(field: Field) -> Iterator[Hit]:
    lower = field.lower
    for match in () if STREETS.isdisjoint(field.words) else leaping(ADDRESS_BEGINS, ADDRESS, lower):
        if _is_home(match, field.text):
            number, street = match.span("number"), match.start("street")
            mend = field.text[street : match.end()]
            yield Hit(field, number[0], match.end(), mend=mend)
    for match in () if WELSH_WORDS.isdisjoint(field.words) else WELSH.finditer(field.text):
        if not NOT_BEFORE.search(lower[max(0, match.start() - 16) : match.start()]):
            yield Hit(field, match.start(), match.end(), mend=match["street"])


SPEED = re.compile(r"\b(?:mph|limit|speed\w*|passed|doing|clocked)\b")


def _is_said(match: re.Match[str], text: str) -> bool:
    names = set(match["street"].split()[:-1])
    at = match.start("number")
    named = not (NOT_A_NAME | CIVIC) & names and not VENUE.search(text, max(0, at - 50), at)
    if SPEED.search(text) and match["number"] in ("20", "30", "40", "50", "60", "70"):
        return False
    is_sure = match.group().startswith(
        ("number", "no", "house", "flat", "apartment", "apt", "room")
    )
    is_door = text[match.start("street")].isupper() and not SEVERAL.match(text, match.end())
    return named and (is_sure or is_door)


def _is_home(match: re.Match[str], text: str) -> bool:
    before = match.string[max(0, match.start() - 16) : match.start()]
    is_age = before.endswith(", ") and text[match.end("number")] == ","
    if is_age or NOT_BEFORE.search(before) or _is_a_year(match["number"]):
        return False
    names = [name for name in match["street"].split()[:-1] if name != "the"]
    if NOT_A_NAME & set(names[1:] if names[:1] == ["old"] and len(names) > 1 else names):
        return False
    written = text[match.start("street") : match.end()].split()
    is_street = len(names) == 1 or all(word[0].isupper() for word in written)
    return is_street and CIVIC.isdisjoint(names) and not is_open_to_all(match, text)


def is_open_to_all(match: re.Match[str], text: str = "") -> bool:
    """“The library, 22 Chapel Street”: whether the place that stands there is no home."""
    text, start, end = text or match.string, match.start(), match.end()
    is_venue = VENUE.search(text, max(0, start - 50), start) is not None
    return is_venue or OPEN_TO_ALL.match(text, end) is not None


def _is_a_year(number: str) -> bool:
    return len(number) == 4 and number[:2] in ("19", "20")


RULE = Rule(
    id="DATA.address",
    family="personal_data",
    severity=Severity.STOP,
    wrong="A number with its street is somebody's door.",
    right="Say the street alone or, better, the neighbourhood.",
    source="Data protection principles: no more than the purpose needs (DP-2); PUB-3",
    may_override=COMMAND,
    signs=frozenset(
        ("0", "number", "hundred", "flat", *ROAD_WORDS, *TENS_WORDS, *TEENS, *WELSH_WORDS)
    ),
    find=find,
    caught=(
        "Burglary at 14 Oakfield Road last night",
        "burglary at 14 oakfield road last night",
        "The couple at 231 Old Tannery Road",
        "Home: 5 Trinity Steps",
        "We searched Flat 3, Tennyson House",
        "We went to 7a St Mary's Close",
        "She left home at 27 Heol Isaf at 9am",
        "Somebody at number fourteen Oakfield Road",
        "We searched house 14 on Oakfield Road",
        "Officers are at 212-214 High Street",
        "He lives at 6 The Crescent View",
        "They called at 14 Kingsway",
        "She lives at number 9 in Broadmead",
        "The noise came from one hundred and six, Sefton Street",
        "It is in the garden of Rose Cottage, Church Lane",
        "They knocked at 4 5 Fulmar Way",
        "Officers came to 9A Merchant's Yard",
        "We spoke to the lodger at number 9",
        "It was Oakfield Road, number 14",
        "It was Oakfield Road, number fourteen",
        "It was Tennyson House, flat 3",
        "It was Flat C, Tennyson House",
        "It was No.14 Oakfield Road",
        "We met at #22 Lonsdale Rd",
        "The camera is at Twenty Six, Albany Mews",
        "It is the end terrace on Pant Road",
        "She is at Ty Gwyn, Heol y Felin",
        "It went to bungalow 4, Priory Way",
        "It went to flat four, one hundred and two Bristol Hill",
        Example("Door", {"file_names": ["14-oakfield-road-door.jpg"]}),
        Example("Door", {"captions": ["The door of 14 Oakfield Road"]}),
    ),
    let_through=(
        "Collision on Oakfield Road",
        "2 officers on High Street",
        "The 50 bus on Moseley Road is late",
        "M6 junction 6 Salford Road closed",
        "On 21 November Bristol Road is closed",
        "Found by a man, 34, Oakfield Road team say",
        "The A38 Bristol Road is closed",
        "Things were stolen from two High Street shops",
        "We talked to pupils from 3 Harrogate schools",
        "Reported at 14:30 Bristol Road",
        "Find us at the library, 22 Chapel Street",
        "The police station at 5 Market Place is shut",
        "Knife bins: 118 Bridge Street (station)",
        "Thefts from the Lexus RX 400h, so park it nose to the wall",
        "We meet on Tuesday at ten, Cross Lane",
        "We are at number 3 in the list",
        "It is free and no one is asked why",
    ),
)

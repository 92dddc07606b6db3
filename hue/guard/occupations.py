"""What somebody does for a living and where: it tells neighbours who is meant."""

import re
from collections.abc import Iterable, Iterator

from hue.guard.reading import Field
from hue.guard.rule import words

JOBS = words(
    "accountant actor apprentice assistant baker ballet-teacher barber barista barmaid barman bishop bookkeeper "
    "bouncer boxer brewer bricklayer builder bursar butcher butler captain caretaker carer cashier chair chairman "
    "chairwoman chaplain chef childminder choirmaster churchwarden cleaner clerk coach colleague conductor cook "
    "councillor counsellor courier cricketer curate deacon dean dentist deputy director doctor doorman driver "
    "editor electrician employee engineer farmer farrier fireman firefighter fisherman fishmonger fitter florist "
    "footballer foreman forester gamekeeper gardener goalkeeper governor greengrocer groom groundsman "
    "guard guide hairdresser handyman head headmaster headmistress headteacher imam instructor janitor jeweller jockey "
    "joiner journalist keeper knitter landlady landlord lecturer lectern-reader librarian lifeguard lollipop-man lorry-driver "
    "manager manageress mayor mechanic member midwife miller milkman miner minister model musician nurse nanny optician "
    "organist owner painter paramedic parish-clerk parishioner partner pastor pharmacist photographer physio "
    "physiotherapist pianist pilot player plumber porter postman postmaster postmistress postwoman presenter priest "
    "principal prison-officer producer professor proprietor publican pupil rabbi receptionist rector referee regular "
    "reporter retailer roofer sailor salesman saleswoman scaffolder scoutmaster secretary sexton shepherd "
    "shopkeeper signalman singer soldier solicitor steward stockman striker student supervisor surgeon surveyor "
    "tailor teacher technician tenant therapist trader trainer treasurer trustee tutor undertaker usher verger vet vicar volunteer "
    "waiter waitress warden watchman welder winger worker umpire drummer guitarist bassist batsman bowler prop "
    "midfielder defender forward scrum-half ringmaster stallholder bellringer bell-ringer scout-leader"
)
JOB = rf"(?:head of [a-z]+|{'|'.join(sorted((one.replace('-', '[- ]') for one in JOBS), key=len, reverse=True))})"
EXTRA = words(
    "GP MP magistrate businessman businesswoman postie chiropodist entrepreneur PE-teacher taxi-driver "
    "bus-driver tram-driver train-driver celebrity rapper comedian vlogger influencer"
)
PLACES = (
    r"(?:school|academy|college|nursery|church|chapel|mosque|temple|pub|club|shop|store|gym|hospital|surgery|practice|"
    r"clinic|care home|farm|garage|hotel|caf[eé]|restaurant|takeaway|chippy|bakery|butcher's|butchers|salon|library|"
    r"museum|theatre|market|factory|warehouse|depot|stables|allotments?|rank|fair|fairground|circus|council|choir|"
    r"band|team|rota|branch|post office|bank|station|launderette|laundrette|florist's|florist|chemist|pharmacy|kennels|"
    r"barracks|base|dojo|rink|pool|leisure centre|community centre|village hall|youth club|scout hut)"
)
PROPER = r"(?:[A-Z][\w'&]*|[A-Z][\w']{1,30} (?:&|and|of|de|le) [A-Z][\w']{1,30})(?: (?:& |and |of |in |the )?[A-Z][\w']*){0,4}"
WHO = r"(?:man|woman|boy|girl|teenager|male|female|suspect|youth|lad|\d\d-year-old|he|she)"
DOES = (
    r"(?:does|runs|ran|owns|owned|manages|managed|chairs|captains|drives|sells|serves|delivers|cleans|fixes|cuts|"
    r"plays|sings|teaches|coaches|collects|mends|cooks|bakes|rents|keeps|farms?|works?|presents|edits|conducts|leads|"
    r"volunteers|helps out|performs|preaches|busks|trains|drinks|used to (?:work|play|teach|run|drive|own))"
)
GENERIC = words(
    "driver student pupil member owner player keeper guard guide regular guest worker employee prop"
)
TRADE = f"(?:{'|'.join(sorted((one.replace('-', '[- ]') for one in (JOBS - GENERIC) | EXTRA), key=len, reverse=True))})"
IS_HELD = r"(?:answered bail|answering bail|under investigation|helping|suspected|remains? (?:in custody|on bail|under)|arrested|bailed|detained|released|questioned|interviewed|in custody|under arrest|held|nicked|on bail|being questioned)"
AGED = r"(?:,? \(?(?:aged )?\d\d\)?,?)?"

Called = tuple[frozenset[str], re.Pattern[str]]  # words without which the pattern finds nothing


def _signs(text: str) -> frozenset[str]:
    """Of “caf[eé]”, “butcher's” and “helps out” the words that say something."""
    return frozenset(re.findall(r"[a-z]{2,}", text.lower())) - {"to", "out"}


def _first_words(jobs: Iterable[str]) -> frozenset[str]:
    """Of “lollipop-man” the “lollipop”; one and several."""
    first = {job.lower().partition("-")[0] for job in jobs}
    return frozenset(first | {f"{word}s" for word in first})


JOB_SIGNS = _first_words(JOBS) | {"head"}
DOES_SIGNS = _signs(DOES) | words("run own manage drive teach coach rent")
WORK: tuple[Called, ...] = (
    (
        words(
            "work works worked working employed teaches taught studies studying studied trains boxes fights swims rides skates bats bowls acts models referees "
            "volunteers plays played coaches coached attends enrolled based"
        ),
        re.compile(
            r"(?<!our )(?<!of )(?<!the )(?<!this )(?<!their )(?<!those )(?<!people )(?<!those who )(?<!people who )(?<!anyone who )(?<!everyone who )(?<!all who )\b(?:who |and )?(?:works?|worked|working|employed|teaches|taught|studies|studying|studied"
            r"|trains|boxes|fights|swims|rides|skates|bats|bowls|acts|models|referees|volunteers|plays|played|coaches|coached|attends|enrolled|based) "
            r"(?:at|for|by|as|in|with|behind|on) (?:an? |the |our )?"
            r"(?!custody|court|police|bail|connection)[\w']+(?: [A-Z][\w']{1,30})*"
        ),
    ),
    (
        DOES_SIGNS,
        re.compile(
            rf"(?<!those )(?<!people )(?<!anyone )(?<!everyone )(?<!all )\b(?:(?:who|and(?! farms)|he|she|He|She) {DOES}|(?:[Tt]hey|who) (?:run|own|manage|drive|teach|coach|rent)) (?:at |in |on |for |behind )?(?:an? |the |our |your )?"
            r"(?!home|away|to|from|past|through|into)[\w']+(?: [\w']+)?"
        ),
    ),
    (words("former ex"), re.compile(r"\b(?:[Ff]ormer|[Ee]x-?) ?(?:[A-Z][\w']{1,30} )+[a-z]+")),
    (
        JOB_SIGNS,
        re.compile(
            rf"\b{JOB}s?,? (?:at|of|from|for|with|in|on) (?:the |a |our |your )?(?:local |village |town |parish )?"
            rf"(?:{PROPER}|[a-z]+ {PLACES}|{PLACES})\b"
            rf"|\b\d\d-year-old (?:[A-Z][\w']{{1,30}} ){{1,3}}{JOB}"
        ),
    ),
    (
        words("fc united town city rovers athletic albion wanderers county"),
        re.compile(
            rf"\b(?:[A-Z][\w']{{1,30}} ){{1,3}}(?:FC|United|Town|City|Rovers|Athletic|Albion|Wanderers|County) {JOB}"
        ),
    ),
    (
        words("branch staff tenant tenants owner owners manager landlord landlady resident"),
        re.compile(
            r"\b(?:[Bb]ranch|[Ss]taff|[Tt]enants?|[Oo]wners?|[Mm]anager|[Ll]andlord|[Ll]andlady|[Tt]he resident) of "
            rf"(?:the |a )?{PROPER}"
        ),
    ),
    (
        words("flat room rooms house bedsit"),
        re.compile(
            r"\b(?:flat|room|rooms|house|bedsit) (?:above|over|behind|next to|opposite) (?:the )?"
            rf"(?:{PROPER}|[a-z]+ {PLACES}|{PLACES})"
        ),
    ),
)
# What somebody does for a living, said of the one who is held: “A Labour councillor, 58, was arrested”.
_TRADES = re.compile(
    rf"\b(?![Tt]he {TRADE}\b)(?P<here>(?:[A-Za-z][\w'-]{{1,30}} ){{0,3}}?(?<!The )(?<!the ){TRADE}){AGED}(?: (?:from|of|in) [A-Z][\w']{{1,30}}(?: [A-Z][\w']{{1,30}})?,?)?{AGED} "
    rf"(?:(?:has|have|was|is|were|who|are|had|been|being|now|also|today) ){{1,4}}{IS_HELD}\b"
    rf"|\b(?P<reduced>(?:[Tt]he|[Aa]n?) (?:[a-z-]+ ){{0,2}}{TRADE})(?: from [A-Z]\w+)? (?:arrested|bailed|detained|suspected|questioned|held)\b"
    rf"|\b(?P<former>(?:[Ff]ormer|[Ee]x-?|[Rr]etired) ?(?:[a-z]+ ){{0,3}}{TRADE})\b"
    r"|\b(?P<member>[Mm]ember of (?:the|our) [^.,!?\n]{3,40}),? (?:aged )?(?:\d\d,? )?(?:has been|was|is) "
    rf"{IS_HELD}\b"
    rf"|\b(?P<among>[Oo]ne of (?:the|our) (?:[a-z'-]+ ){{0,3}}{TRADE}s)\b"
    rf"|\b(?:[Aa]rrest(?:ed)?|[Nn]icked|[Bb]ailed|[Dd]etained) (?P<whom>(?:an?|the|our|local) (?:[A-Za-z][\w'-]{{1,30}} ){{0,3}}?{TRADE})\b"
    rf"|\b{WHO}\b(?:,? (?:aged )?\d\d)?,? (?:who is |and )?(?P<what>(?:an?|the|our) (?:[A-Za-z\d][\w'-]* ){{0,3}}?{TRADE})\b"
)
# “the lad from the chip shop”, “he lives at the end house”, “the arrested man drives the bus”
_ANY_TOWN = (
    r"(?:area|city|town|village|county|country|north|south|east|west|midlands|scene|car|vehicle|van|force|team|public|family|canal|river|water|building|fire|estate|region|"
    r"same|back|front|station|hospital|road|street|cells?|address|property|crowd|crash|collision|coast|valley|borough|district|capital|early|group|train|bus|house|court|local|wreck|roof)"
)
_FROM = re.compile(
    rf"\b(?P<article>(?:man|woman|lodger|tenant|lad|lass|guy|bloke|girl|boy|chap|couple|lady|brothers|sisters|pair|fella|gent|gentleman|daughter|son|witness(?:es)?|carers?|one) from the (?!{_ANY_TOWN}\b)(?:[A-Za-z-]+ ){{0,2}}?[a-z-]+)\b"
    rf"|\b(?P<here>(?:fella|gent|gentleman|man|woman|sisters|siblings|twins|lodger|tenant|lad|lass|guy|bloke|girl|boy|chap|couple|family|lady|brothers|pair) (?:from|at|behind|in|with) "
    rf"(?:the|our|your|that) (?:[a-z'-]+ ){{0,2}}(?:{PLACES}|stall|van|house|flats?|number|pub|estate|corner shop|kiosk|office|school))\b"
    r"|\b(?P<lives>(?:(?:[Hh]e|[Ss]he|[Tt]hey|who) lives? (?:at|on|next|opposite|above|behind|in the|by|near|over|with|two|three|a few)|"
    r"Lives (?:at|on|next|opposite|above|behind|in the|by|near|over|with|two|three|a few))\b[^.,!?\n]{0,30})"
    r"|\b(?P<shift>(?:pulling pints|serving|on shift|behind the (?:bar|counter|till|desk)|at work|working) (?:at|in) (?:the )?[A-Z]\w+)"
    r"|\b(?P<house>[Tt]he (?:[a-z-]+ ){0,2}(?:house|flat|cottage|bungalow|caravan) (?:with|next to|next door to|opposite|beside|above) (?:the |a |an )[^.,!?\n]{3,40})"
    r"|\b(?P<champion>(?:[Hh]e|[Ss]he) (?:was|is|'s|used to be|once) [^.,!?\n]{0,40}\b(?:champion|medallist|winner|finalist|contestant|record holder|runner-up|"
    r"captain|headteacher|mayor))"
    rf"|\b(?P<does>(?:arrested (?:man|woman)|[Hh]e|[Ss]he) {DOES} (?:the|a|an|our|number|for) [a-z\d]+)"
    r"|\b(?P<whose>(?:[Hh]is|[Hh]er|[Tt]heir|[A-Z][a-z]+'s) (?:ex-?)?(?:step)?(?:brother|sister|son|daughter|husband|wife|partner|boyfriend|girlfriend|"
    r"mum|dad|mother|father|uncle|aunt|cousin|nephew|niece)(?: [A-Z][a-z]+| (?:has been|was|is) (?:arrested|in custody|bailed)))"
    rf"|\b(?P<local>(?:well[- ]known|local|prominent|popular|respected|high[- ]profile) (?:local )?[a-z]+) (?:has been|was|is|have been) {IS_HELD}"
)

TRADE_SIGNS = _first_words((JOBS - GENERIC) | EXTRA) | {"member"}
TRADES: tuple[Called, ...] = ((TRADE_SIGNS, _TRADES),)
FROM: tuple[Called, ...] = (
    (
        _signs(PLACES)
        | DOES_SIGNS
        | words(
            "allotment allotments butchers florists cafe caf stall van house flat flats number estate kiosk office "
            "lives live brother sister son daughter husband wife partner boyfriend girlfriend mum dad mother father "
            "uncle aunt cousin nephew niece stepbrother stepsister stepson stepdaughter stepmother stepfather "
            "known local prominent popular respected profile pints serving shift behind work working "
            "from cottage bungalow caravan champion medallist winner finalist contestant record runner captain"
        ),
        _FROM,
    ),
)


def found(field: Field, called: Iterable[Called]) -> Iterator[re.Match[str]]:
    for signs, pattern in called:
        if not signs.isdisjoint(field.words):
            yield from pattern.finditer(field.text)

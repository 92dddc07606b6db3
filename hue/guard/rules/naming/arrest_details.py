"""After an arrest little may be said: gender, age, town, the offence, dates and what follows."""

import re
from collections.abc import Callable, Iterator

from hue.guard import occupations
from hue.guard.finding import Severity
from hue.guard.names import STREETS
from hue.guard.occupations import FROM, IS_HELD, JOBS, TRADE, TRADE_SIGNS, TRADES, WHO, WORK
from hue.guard.reading import Field, Reading
from hue.guard.rule import COMMAND, Hit, Rule, begun, words
from hue.guard.rules.personal_data.address import is_open_to_all
from hue.guard.sentences import HELD, has, is_of_the_held
from hue.guard.situations import ARRESTED, CHARGED, NO_STEPS

ROADS = f"{STREETS}|Crescent|Terrace|Row|Place|Square|Gardens|Walk|Mews|Yard|Rise|View|Cottages"
STREET = re.compile(
    rf"\b(?:{WHO}|couple|pair|family|carers?|brothers|sisters)\b[^.!?\n]{{0,40}}?\b(?P<here>(?:of|from|lives (?:on|in|at)|living (?:on|in|at)|"
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
    r"(?:\d\d-year-old |own |estranged |former |late |then |[a-z]+ ){0,2}(?:ex-?)?(?:husband|wife|partner|boyfriend|girlfriend|fianc[eé]e?|(?:step|grand)?(?:father|mother|"
    r"son|daughter|brother|sister)|stepdad|dad|mum|uncle|aunt|cousin|nephew|niece|carer|lodger|flatmate|housemate|landlord|neighbour|parent|relative|friend) of "
    r"(?:the |a |one |our |[A-Z])[^.,!?\n]{3,40}|(?:[Tt]he|[Aa]|[Hh]is|[Hh]er) (?:child|baby|boy|girl|victim|toddler|infant|teenager|woman|man|deceased)'s (?:own )?(?:nephew|niece|son|daughter|carer|neighbour|mother|father|mum|dad|stepfather|stepdad|parents|uncle|aunt|brother|sister|boyfriend|girlfriend|husband|wife|partner|ex)\b|whose (?:father|mother|dad|mum|son|daughter|brother|sister|wife|husband|partner)\b[^.,!?\n]{0,30})"
)
BIRTH = re.compile(
    r"\b(?P<here>[Bb]orn (?:on )?(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(?:the )?\d{1,2}(?:st|nd|rd|th)? (?:of )?[A-Z][a-z]+ (?:19|20)?\d\d))"
)
DOB = re.compile(r"\b(?P<here>(?:DOB|[Dd]\.?o\.?b\.?|[Dd]ate of birth)[ :]{0,2}\d[\d./ -]{5,12})")
# “number 7”, “the last house before the ford”, “red door”, “the one over the florist's”
HOUSE = re.compile(
    r"\b(?P<here>(?:[Tt]he|[Hh]is|[Hh]er|[Tt]heir|[Tt]hat|(?:girl|boy)friend's|mum's|mother's|dad's|parents'|sister's|brother's|nan's|gran's)(?: own)? (?:[a-z]+ ){0,2}"
    r"(?:house|home|flat|cottage|bungalow|caravan|plot|maisonette|bedsit|farmhouse),? (?:the one )?"
    r"(?:before|after|opposite|over|above|behind|beside|with|next (?:to|door)|by the|at the (?:end|top|bottom|corner)|on the corner|backing on|facing|near the)\b[^.!?\n]{3,50}"
    r"|(?:a few|two|three|four|five|several|couple of|six) doors (?:further |along|up|down|away|from)|[Nn]ext door but one|[Ff]lat \d+[a-z]? (?:above|over|on|in|at)[^.!?\n]{3,40}"
    r"|(?:man|woman|gentleman|lady|couple|family|chap|lad|bloke|tenant|lodger|people|resident|neighbour|fella|guy|occupant)s? (?:in|at|from|of) (?:number|no\.?|flat|house|room|plot|unit) \d+[a-z]?"
    r"|[Tt]he one (?:over|above|next to|opposite|behind) (?:the )?[A-Z][^.!?\n]{3,30}"
    r"|(?:red|blue|green|black|white|yellow|pink|purple|orange) (?:front )?door)\b"
)
HOUSE_BEGINS = words(
    "the a an his her their that girlfriend boyfriend mum mother dad parents sister brother nan gran two three four five several couple six next flat "
    "man men woman gentleman lady family chap lad bloke tenant tenants lodger lodgers people resident residents neighbour neighbours fella guy occupant "
    "occupants couples families red blue green black white yellow pink purple orange"
)
# “Bella's Brides minibus”, “Speedy's Taxis cab 41”, a van “with ‘Magic Mike’ down the side”
LIVERY = re.compile(
    r"(?P<here>[A-Z](?<!\w.)\w+'s (?:[A-Z]\w+ ){0,2}(?:minibus|van|taxi|cab|lorry|coach|truck|bus|pickup|tanker|float|ice cream van)\b(?: \d+)?)"
)
PAINTED = re.compile(
    r"\b(?P<here>(?:van|car|lorry|cab|taxi|minibus|truck|pickup|bus|[A-Z][a-z]+) with \"[^\"\n]{3,30}\"[^.!?\n]{0,30})"
)
# “Larkin's of Holt”, “his market pitch”, “the only pink van in Hollins Bay”, “number 9 for Red Star”
OWN = re.compile(
    r"\b(?P<here>(?:[Ff]irm|[Cc]ompany|[Ee]mployers?),? [A-Z][\w']+[^.,!?\n]{0,30}"
    r"|(?:[Hh]is|[Hh]er|[Tt]heir) (?:[a-z]+ )?(?:pitch|stall|shop|pub|salon|round|dance class|football team|band|surgery|practice|restaurant|farm|studio|allotment|parish|congregation|pupils|players|class|choir|cafe|takeaway|workshop)\b(?!s)"
    r"|[Tt]he only (?:[a-z-]+ ){1,4}in [A-Z]\w+(?: [A-Z]\w+)?|[Nn]umber \d+ for [A-Z][^.!?\n]{2,30}|(?:plays|captains|coaches|rides|keeps goal) (?:[a-z]+ ){0,2}(?:for|at) [A-Z]\w+(?: [A-Z]\w+)*"
    r"|(?:[Ee]x-|[Ff]ormer )(?:[A-Z]\w+ )*[A-Z]\w+(?: who [^.!?\n]{3,60})?"
    r"|(?:[Hh]e|[Ss]he)(?:'s| has) been (?:volunteering|working|teaching|coaching|helping|training|playing|living|lodging|running|driving) (?:with|at|for|in|as|on) [^.!?\n]{3,40}"
    r"|from (?:his|her|their) (?:[a-z]+ )?(?:class|club|school|team|course|work|church|choir|gym))"
)
OWN_BEGINS = words(
    "firm company employer employers his her their the number plays captains coaches rides keeps ex former he she from"
)
WHOM = words("person man woman suspect he she one both neither which")
# “The person arrested is the manager”, “he's 52, a consultant at the hospital”; a trade ends so
PREDICATE = re.compile(
    r"\b(?:[Pp]erson|[Mm]an|[Ww]oman|[Ss]uspect|[Hh]e|[Ss]he|one)\b(?: (?!was\b|is\b)[^.,!?\n]{1,60})?(?:'s| is| was)(?: \d\d,)? "
    r"(?P<here>(?:(?:the|our|your) (?!(?:man|woman|person|suspect|subject|driver|rider|passenger|victim|first|second|third|only|last|latest|same|one|owner of|registered|sole|oldest|youngest|result|reason)\b)[a-z-]+"
    r"(?:(?: [a-z]+)? (?:of|at|in|for|on|from|who|with) [^.!?,\n]{3,40})?(?=[.,;!?]| who| and)|an? (?:[a-z-]+ ){0,2}(?:[a-z-]+(?:er|or|ist|ian|ant|keeper|smith|wright)|nurse|vicar|GP|MP|chef|cook|clerk|vet|priest|imam|councillor)\b(?! of the public)[^.!?,\n]{0,40}))"
)
NO_TRADE = re.compile(
    r"(?:passenger|driver|offer|number|matter|minor|major|danger|stranger|visitor|former|prisoner|teenager|foreigner|pensioner|youngster|customer|member of the public|[a-z]*other|better|further|older|younger|never|ever|under|over|person|another)\b"
)
ROLE = re.compile(
    r"\b(?P<here>[Tt]he (?:tenant|occupant|occupier|householder|lodger|manager|assistant manager|treasurer|headteacher|head|coach|vicar|landlord|landlady|caretaker|secretary|chairman|chair|captain|organist|postmaster)) "
    rf"(?:(?:has|was|is|had|have|been|now|also|being|today) ){{1,3}}(?:{IS_HELD}|stepped down|stood down|resigned|suspended|been replaced|left|on leave)"
)
# “22 Calder Row”: the door itself
NUMBERED = re.compile(
    rf"(?P<here>\d(?<![\w.:£#].)\d{{0,2}}[a-z]? (?!Market|Town|Civic|Castle|Station)(?:[A-Z][\w']{{1,30}} ){{1,2}}(?:{ROADS}))\b"
)
# A child who told, or was hurt: “a boy in the reception class at Fernhill”
PUPIL = re.compile(
    r"\b(?P<here>(?:boy|girl|lad|lass|pupil|student|child|youngster|teenager)s? (?:in|from|at) [^.,!?\n]{0,25}(?:class|school|[Yy]ear \d+|form|nursery|academy|college)\b[^.,!?\n]{0,5}\b(?:at|of|in) [A-Z]\w+(?: [A-Z]\w+)*)"
)
# “his mum, Jan”
KIN_NAME = re.compile(
    r"\b(?:[Hh]is|[Hh]er|[Tt]heir) (?:ex-?)?(?:step)?(?:mum|dad|mother|father|brother|sister|son|daughter|wife|husband|partner|nan|gran|girlfriend|boyfriend|uncle|aunt|aunty|cousin),? (?P<here>[A-Z][a-z]+)\b"
)
# “Works on the bins.”
BRIEFLY = re.compile(
    r"(?:^|[.!?\n:] ?)(?P<here>(?:(?:Works|Drives|Runs|Plays|Teaches|Coaches|Owns|Manages|Sings|Rents|Sells|Delivers) (?:on|at|in|for|with|behind|the|an?|our|your|[A-Z])|"
    r"Season ticket holder|Ex-|Former) ?[^.!?\n]{3,60})"
)
# What “he” does all year: no word of a case.
HABIT = re.compile(
    r"\b(?:[Hh]e|[Ss]he|(?:[Oo]ne|[Bb]oth|[Nn]either|[Ww]hich) of them) (?:also |still |even )?(?P<here>(?P<verb>[a-z]+s) (?:(?:at|for|in|on|with) )?(?:the|an?|our|your|his|her|number|[A-Z]\w+)\b[^.!?\n]{3,50})"
)
CASE_VERBS = words(
    "is has was does remains faces denies appears needs gets comes goes says knows stays wants returns leaves takes starts means helps makes hopes feels "
    "gives thinks sits spends awaits continues shows asks tells looks seems becomes breaks hits steals sees finds turns thanks loves likes misses meets"
)
# “chef, the Mitre”: a trade in brackets, or after “it was the”
TRADE_HERE = re.compile(
    rf"\((?P<in>(?:an? |the )?(?:[a-z-]+ ){{0,2}}{TRADE}\b[^)\n]{{0,40}})\)"
    rf"|\b(?:[Ii]t (?:was|is)|[Ii]t's|[Tt]hat's|[Tt]hat was|[Ww]ho is) (?P<it>(?:the|our|your|an?) (?:[a-z-]+ ){{0,2}}(?:{TRADE}|manager|deputy|owner|driver|keeper)\b(?: (?:at|of|from|on|in|for) [^.!?\n]{{3,30}})?)"
    rf"|(?P<whose>\b(?:[Tt]he )?(?:[A-Z]\w+|last year|this year)'s (?:[a-z]+ ){{1,3}}(?:player|captain|keeper|king|queen|champion|winner|chairman|secretary|treasurer|drummer|singer|{TRADE}))\b"
)
OFFICES = words(
    "manager deputy owner driver keeper player captain king queen champion winner chairman secretary treasurer drummer singer"
)
PLATE = re.compile(
    r"\b(?:reg|index|plate|registration)[ :,]{1,2}(?P<here>[A-Z]{2}\d\d ?[A-Z]{3})\b"
)
ROAD_SIGNS = frozenset(ROADS.lower().split("|"))
HOMES = (
    (ROAD_SIGNS, STREET),
    (ROAD_SIGNS, HOME),
    (words("lives tenant occupant householder resident owner"), THERE),
    (words("lives living"), NEXT),
    (words("dob birth d"), DOB),
    (words("minibus van taxi cab lorry coach truck bus pickup tanker float"), LIVERY),
    (frozenset('"'), PAINTED),
    (
        words(
            "works drives runs lives plays teaches coaches owns manages sings rents sells delivers keeps studies volunteers rides season ex former"
        ),
        BRIEFLY,
    ),
    (words("reg index plate registration"), PLATE),
    (ROAD_SIGNS, NUMBERED),
    (words("class school year form nursery academy college"), PUPIL),
    (
        words(
            "mum dad mother father brother sister son daughter wife husband partner nan gran girlfriend boyfriend uncle aunt aunty cousin"
        ),
        KIN_NAME,
    ),
    (
        words(
            "tenant occupant occupier householder lodger manager treasurer headteacher head coach vicar landlord landlady caretaker secretary chairman chair captain organist postmaster"
        ),
        ROLE,
    ),
    (frozenset("0"), BIRTH),
    (
        words(
            "mother "
            "husband wife partner boyfriend girlfriend fianc fiance fiancee father mother son daughter brother sister "
            "stepfather stepmother stepson stepdaughter stepbrother stepsister grandfather grandmother grandson "
            "granddaughter stepdad dad mum uncle aunt cousin nephew niece carer lodger flatmate housemate landlord neighbour parent relative friend whose"
        ),
        TIE,
    ),
)
# “The driver of a Corsa” drives no living.
VEHICLE = re.compile(r"(?:[Dd]rivers?|[Rr]iders?) (?:of|with|in|from)\b|[Aa] coach\b")
# Somebody who called, saw or helped is not the one who is held.
HELPER = re.compile(
    r"\b(?:called us|rang us|raised the alarm|thanks?|thank|helped|spotted|saw|wrote|asked us|watched|heard|reported|rang|waiting for|handed in|lost|witness(?:es)?|said|says|visited|talk(?:ed)? to|"
    r"spoke|met|by (?:our )?colleagues|unhurt|unharmed|uninjured|handler|volunteers|stitches|headache|from our|of our|our team|stolen from|taken from|theft from|burgl\w+ (?:at|of)|robbery (?:at|of)|attack(?:ed)? (?:on|by))\b"
)


def find(reading: Reading) -> Iterator[Hit]:
    for field in reading.fields:
        helps, held = has(HELPER, field.lower), has(HELD, field.lower)
        for match in occupations.found(field, (*WORK, *TRADES, *FROM)):
            name = match.lastgroup or 0
            if _is_of_many(match.group()) and not held(match.start()):
                continue
            if not helps(match.start(name)) and not VEHICLE.match(field.text, match.start(name)):
                yield Hit(field, match.start(name), match.end(name))
        for match in occupations.found(field, HOMES):
            if match.re is not NUMBERED or not is_open_to_all(match):
                yield Hit(field, match.start("here"), match.end("here"))
        for match in begun(HOUSE, field, HOUSE_BEGINS, as_written=True):
            yield Hit(field, match.start("here"), match.end("here"))
        yield from _of_their_life(field, helps)


def _is_of_many(said: str) -> bool:
    """“Boat owners in Watford” are no one person, where nobody is held."""
    first = said.split(maxsplit=1)[0].lower().rstrip(",")
    return first.endswith("s") and first[:-1] in JOBS and " of " not in said


def _of_their_life(field: Field, helps: Callable[[int], bool]) -> Iterator[Hit]:
    """What they do for a living or at the weekend, said of them alone."""
    for match in begun(HABIT, field, WHOM, as_written=True):
        is_sure = "of them" in match.group()
        is_theirs = is_sure or is_of_the_held(field.lower, match.start())
        if match["verb"] not in CASE_VERBS and is_theirs and not helps(match.start()):
            yield Hit(field, match.start("here"), match.end("here"))
    owned = begun(OWN, field, OWN_BEGINS, as_written=True)
    for match in (*begun(PREDICATE, field, WHOM, as_written=True), *owned):
        if not (helps(match.start()) or NO_TRADE.search(match["here"])):
            yield Hit(field, match.start("here"), match.end("here"))
    for match in occupations.found(field, ((TRADE_SIGNS | OFFICES, TRADE_HERE),)):
        name = match.lastgroup or 0
        if not helps(match.start(name)):
            yield Hit(field, match.start(name), match.end(name))


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
        ARRESTED("We were at the last house before the ford. A man is in custody."),
        ARRESTED("Thanks to the patient neighbours. The gentleman in number 7 is on bail."),
        ARRESTED("A man is in custody. He rings the tenor bell on a Sunday."),
        ARRESTED("It was the assistant manager on the evening shift."),
        ARRESTED("Suspect found at work (chef, the Mitre)."),
        ARRESTED("Arrested: man, 26. Works on the bins."),
        ARRESTED("One lane is closed by a Bella's Brides minibus; its driver is arrested."),
        "A man living on Oakfield Road has been arrested.",
        "A teacher at Hill School has been arrested.",
        "A woman was arrested at her home in Oakfield Road.",
    ),
    let_through=(
        ARRESTED("A man, 34, from Selly Oak is in custody."),
        ARRESTED("An officer was arrested. A driver, 30, was arrested."),
        ARRESTED("He was arrested on Tuesday near Oakfield Road."),
        ARRESTED("A man is in custody. The manager of the Swan raised the alarm."),
        ARRESTED("A man was arrested by colleagues at Luton Airport."),
        ARRESTED("A man is in custody. Boat owners in Watford: note your numbers."),
        ARRESTED("A man is in custody. Meet us at the library, 12 Church Street."),
        ARRESTED("A man is in custody. The paper boy, unhurt, finished his round."),
        ARRESTED("A man is in custody. Three driving offences are looked at."),
        CHARGED("A man who works at Brindle Foods is charged with theft."),
        NO_STEPS("A teacher at Hill School showed us round."),
        "A 34-year-old woman from Selly Oak has been arrested and bailed until 3 January.",
    ),
)

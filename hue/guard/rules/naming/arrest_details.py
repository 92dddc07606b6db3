"""After an arrest little may be said: gender, age, town, the offence, dates and what follows."""

import re
from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.names import STREETS
from hue.guard.reading import Field, Reading
from hue.guard.rule import COMMAND, Hit, Rule, words
from hue.guard.sentences import sentence
from hue.guard.situations import ARRESTED, CHARGED, NO_STEPS

JOBS = words(
    "accountant actor apprentice assistant baker ballet-teacher barber barista barmaid barman bishop bookkeeper "
    "bouncer boxer brewer bricklayer builder bursar butcher butler captain caretaker carer cashier chair chairman "
    "chairwoman chaplain chef childminder choirmaster churchwarden cleaner clerk coach colleague conductor cook "
    "councillor counsellor courier cricketer curate deacon dean dentist deputy director doctor doorman driver "
    "editor electrician employee engineer farmer farrier fireman firefighter fisherman fishmonger fitter florist "
    "footballer foreman forester gamekeeper gardener goalkeeper governor greengrocer groom groundsman "
    "guard guide hairdresser handyman head headmaster headmistress headteacher imam instructor janitor jeweller jockey "
    "joiner journalist keeper knitter landlady landlord lecturer lectern-reader librarian lifeguard lollipop-man lorry-driver magistrate "
    "manager manageress mayor mechanic member midwife miller milkman miner minister model musician nurse nanny optician "
    "organist owner painter paramedic parish-clerk parishioner partner pastor pharmacist photographer physio "
    "physiotherapist pianist pilot player plumber porter postman postmaster postmistress postwoman presenter priest "
    "principal prison-officer producer professor proprietor publican pupil rabbi receptionist rector referee regular "
    "reporter resident retailer roofer sailor salesman saleswoman scaffolder scoutmaster secretary sexton shepherd "
    "shopkeeper signalman singer soldier solicitor steward stockman striker student supervisor surgeon surveyor "
    "tailor teacher technician tenant therapist trader trainer treasurer trustee tutor undertaker usher verger vet vicar volunteer "
    "waiter waitress warden watchman welder winger worker umpire drummer guitarist bassist batsman bowler prop "
    "midfielder defender forward scrum-half ringmaster stallholder bellringer bell-ringer scout-leader"
)
JOB = rf"(?:head of [a-z]+|{'|'.join(sorted((one.replace('-', '[- ]') for one in JOBS), key=len, reverse=True))})"
PLACES = (
    r"(?:school|academy|college|nursery|church|chapel|mosque|temple|pub|club|shop|store|gym|hospital|surgery|practice|"
    r"clinic|care home|farm|garage|hotel|caf[eé]|restaurant|takeaway|chippy|bakery|butcher's|butchers|salon|library|"
    r"museum|theatre|market|factory|warehouse|depot|stables|allotments?|rank|fair|fairground|circus|council|choir|"
    r"band|team|rota|branch|post office|bank|station|launderette|laundrette|florist's|florist|chemist|pharmacy|kennels|"
    r"barracks|base|dojo|rink|pool|leisure centre|community centre|village hall|youth club|scout hut)"
)
PROPER = r"(?:[A-Z][\w'&]*|[A-Z][\w']+ (?:&|and|of|de|le) [A-Z][\w']+)(?: (?:& |and |of |in |the )?[A-Z][\w']*){0,4}"
WHO = r"(?:man|woman|boy|girl|teenager|male|female|suspect|youth|lad|\d\d-year-old|he|she)"
DOES = (
    r"(?:does|runs|ran|owns|owned|manages|managed|chairs|captains|drives|sells|serves|delivers|cleans|fixes|cuts|"
    r"plays|sings|teaches|coaches|collects|mends|cooks|bakes|rents|keeps|farms?|works?|presents|edits|conducts|leads|"
    r"volunteers|helps out|performs|preaches|busks|trains|drinks|used to (?:work|play|teach|run|drive|own))"
)
WORK = re.compile(
    r"\b(?:(?:who |and )?(?:works?|worked|working|employed|teaches|taught|studies|studying|studied"
    r"|trains|volunteers|plays|played|coaches|coached|attends|enrolled|based) "
    r"(?:at|for|by|as|in|with|behind|on) (?:an? |the |our )?(?!custody|court|police|bail|connection)[\w']+(?: [A-Z][\w']+)*"
    rf"|(?:who|and|he|she|He|She) {DOES} (?:at |in |on |for |behind )?(?:an? |the |our |your )?(?!home|away|to|from|past|through|into)[\w']+(?: [\w']+)?"
    r"|(?:[Ff]ormer|[Ee]x-?) ?(?:[A-Z][\w']+ )+[a-z]+"
    rf"|\b{JOB}s?,? (?:at|of|from|for|with|in) (?:the |a |our |your )?(?:local |village |town |parish )?(?:{PROPER}|[a-z]+ {PLACES}|{PLACES})\b"
    rf"|\d\d-year-old (?:[A-Z][\w']+ ){{1,3}}{JOB}"
    rf"|(?:[A-Z][\w']+ ){{1,3}}(?:FC|United|Town|City|Rovers|Athletic|Albion|Wanderers|County) {JOB}"
    rf"|(?:[Bb]ranch|[Ss]taff|[Tt]enants?|[Oo]wners?|[Mm]anager|[Ll]andlord|[Ll]andlady) of (?:the |a )?{PROPER}"
    rf"|(?:flat|room|rooms|house|bedsit) (?:above|over|behind|next to|opposite) (?:the )?(?:{PROPER}|[a-z]+ {PLACES}|{PLACES}))"
)
ROADS = f"{STREETS}|Crescent|Terrace|Row|Place|Square|Gardens|Walk|Mews|Yard|Rise|View|Cottages"
STREET = re.compile(
    rf"\b{WHO}\b[^.!?\n]{{0,40}}?\b(?P<here>(?:of|from|lives (?:on|in|at)|living (?:on|in|at)|"
    rf"(?:his|her|their) (?:home|house|address|flat) (?:on|in|at)) "
    rf"(?:\d+[a-z]?,? )?(?:[A-Z][\w']+ ){{1,3}}(?:{ROADS}))\b"
)
HOME = re.compile(
    rf"\b(?P<here>(?:his|her|their) (?:home|house|address|flat|mum's|mother's|parents'|dad's) (?:on|in|at) "
    rf"(?:[A-Z][\w']+ ){{1,3}}(?:{ROADS}))\b"
)
# “… on Laburnum Crescent: a man who lives there”, “who lives next door”
THERE = re.compile(
    rf"(?P<here>(?:[A-Z][\w']+ ){{1,3}}(?:{ROADS}))\b[^.!?\n]{{0,60}}\b(?:lives there|lives here|the (?:tenant|occupant|"
    r"householder|resident|owner))\b"
)
NEXT = re.compile(
    r"\b(?P<here>(?:who )?(?:lives|living) (?:next door|opposite|above|over|behind|beside|at number|at \d)[^.,!?\n]{0,30})"
)
# Who is whose: “the husband of the woman who died”.
TIE = re.compile(
    r"\b(?P<here>(?:[Tt]he|[Aa]|[Hh]is|[Hh]er|[Tt]heir|[Tt]he victim's|[Tt]he (?:dead |injured )?(?:man|woman|girl|boy|baby|child)'s) "
    r"(?:\d\d-year-old |own |estranged |former |late |then )?(?:ex-?)?(?:husband|wife|partner|boyfriend|girlfriend|fianc[eé]e?|(?:step|grand)?(?:father|mother|"
    r"son|daughter|brother|sister)|stepdad|dad|mum|uncle|aunt|cousin|nephew|niece|carer|lodger|flatmate|housemate|landlord|neighbour) of "
    r"(?:the |a |one )[^.,!?\n]{3,40})"
)
BIRTH = re.compile(
    r"\b(?P<here>born (?:on )?(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(?:the )?\d{1,2}(?:st|nd|rd|th)? (?:of )?[A-Z][a-z]+ (?:19|20)?\d\d))"
)
# Somebody who called, saw or helped is not the one who is held.
HELPER = re.compile(
    r"\b(?:called us|rang us|raised the alarm|thanks?|thank|helped|spotted|saw|witness(?:es)?|said|says|visited|talk(?:ed)? to|"
    r"spoke|met|asked us|from our|of our|our team|stolen from|taken from|theft from|burgl\w+ (?:at|of)|robbery (?:at|of)|attack(?:ed)? (?:on|by))\b"
)


def find(reading: Reading) -> Iterator[Hit]:
    for field in reading.fields:
        for match in WORK.finditer(field.text):
            if _is_of_the_held(field, match.start()):
                yield Hit(field, match.start(), match.end())
        for pattern in (STREET, HOME, THERE, NEXT, TIE, BIRTH):
            for match in pattern.finditer(field.text):
                yield Hit(field, match.start("here"), match.end("here"))


def _is_of_the_held(field: Field, start: int) -> bool:
    return not HELPER.search(field.lower, *sentence(field.lower, start))


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
        ARRESTED("He was arrested on Tuesday near Oakfield Road."),
        ARRESTED("A man is in custody. The manager of the Swan raised the alarm."),
        ARRESTED("A man is in custody. Three driving offences are looked at."),
        CHARGED("A man who works at Brindle Foods is charged with theft."),
        NO_STEPS("A teacher at Hill School showed us round."),
        "A 34-year-old woman from Selly Oak has been arrested and bailed until 3 January.",
    ),
)

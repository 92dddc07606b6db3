"""What the person who is held did, told as a fact while a case is active.

“He” and a verb of doing: whatever is not the way of a case through police and court is for the
court to find.
"""

import re
from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.names import RANK
from hue.guard.reading import Field, Reading
from hue.guard.rule import COMMAND, Hit, Rule, begun, words
from hue.guard.sentences import is_of_the_held, sentence
from hue.guard.situations import ARRESTED, CHARGED, NO_STEPS, SENTENCED

HOW = (
    r"(?:also|then|just|even|never|only|later|already|simply|clearly|still|actually|nearly|almost|once|"
    r"always|often|twice|finally|first|now|both|all|[a-z]{3,}ly)"
)
WHO = (
    r"(?:he|she|they|(?:the|this|that|these|those|both|our|two|three) (?:arrested |accused |young |same )?"
    r"(?:man|woman|men|women|boys?|girls?|lads?|pair|trio|duo|couple|suspects?|defendants?|accused|prisoners?|"
    r"teenagers?|youths?|\d\d-year-old|individuals?|group|brothers|sisters|siblings|(?:arrested|charged) (?:one|driver|person))"
    r"|(?:this|our) (?:driver|rider|motorist|one|bloke|fella|chap|guy|gentleman|lady|lot|shopper|customer|friend|visitor|guest|"
    r"lodger|male|female|person|passenger|hero|genius)|these (?:two|three|four|five|people|guys|drivers|ones))"
)
DID = re.compile(
    rf"\b{WHO}(?P<had>'d|'s|'ve| had| has| have)?(?: {HOW}){{0,2}}(?P<been> been)? (?P<verb>[a-z]+(?:-[a-z]+)?)\b"
)
# Verbs whose past does not end in -ed.
PAST = words(
    "beat bent bet bit bitten bled blew bought bound broke broken brought built burnt burst came "
    "caught chose clung crept cut dealt did done drank drew drove driven fed fell fled flew flung "
    "forced forgot fought gave given got grabbed hid hidden hit held hung hurt kept knew laid "
    "lay leapt led left lent let lit lost made meant met mown ran rode ridden rose sat saw sent set "
    "shook shone shot shut slept slew slid slung smashed sold sought spat sped spent spat split "
    "sprang stabbed stole stolen stood stuck struck stuffed swam swore swung taken thought threw "
    "used thrown told took tore torn tried went woke won wore wound wrote put hit"
)
# The way of a case, of a hurt person and of somebody who helps: nothing is asserted.
SAFE = words(
    "arrested bailed charged released remanded detained questioned interviewed summonsed summoned "
    "appeared attended denied denies pleaded pled entered elected indicated answered faced refused "
    "suffered sustained died remained survived lived stayed needed received returned "
    "arrived called contacted reported noticed heard woke asked thanked helped turned travelled "
    "said added told explained spoke agreed wanted wished hoped feared believed named aged required "
    "admitted confessed failed declined missed handed left came went lost left gave met got knew thought "
    "recovered stabilised improved remanded convicted sentenced jailed cleared acquitted worked won led "
    "told joined served moved married had landed boarded waited changed issued "
    "based concerned involved affected"
)
HARM = words(
    "robbed burgled attacked assaulted punched kicked stabbed raped murdered killed harmed abused terrorised tormented "
    "tricked conned fleeced scammed defrauded swindled smashed ruined wrecked damaged vandalised threatened mugged looted "
    "ripped knifed butchered tortured beaten battered bullied cheated duped hounded trashed wrecked torched looted plundered "
    "raided targeted groomed harassed stalked poisoned pocketed nicked swiped pinched dealt supplied bullied preyed"
)
DOING = words(
    "carrying selling dealing hiding holding stealing trying planning using fleeing breaking climbing "
    "texting speeding driving poisoning robbing burgling fighting kicking punching shouting threatening "
    "waving brandishing swinging smashing throwing spitting running looking lurking prowling loitering "
    "supplying growing cooking smuggling trafficking grooming stalking harassing abusing beating hitting "
    "targeting preying tricking conning lying drinking filming posing pretending making taking helping "
    "chasing racing weaving swerving swearing damaging vandalising setting torching siphoning stripping "
    "loading emptying collecting storing handling ferrying delivering forcing sneaking breaching ignoring"
)
STATE = re.compile(
    rf"\b{WHO}(?:'s|'re| was| were| is| are)(?: {HOW})? (?P<said>punching|kicking|stabbing|hitting|robbing|burgling|stealing|smashing|"
    r"running (?:cloned|false|a (?:drugs|cannabis|scam|racket|line))|attacking|assaulting|threatening|spitting|biting|strangling|waving|brandishing|swinging|throwing|setting|ramming|racing|forcing|"
    r"selling|dealing|supplying|conning|tricking|snatching|grabbing|looting|damaging|spraying|showing off|putting|carrying (?:the|a) (?:knife|gun|"
    r"blade|machete|weapon|hammer|bat)|hiding|stashing|dumping|lying|doing (?:\d+|well over)|watching an? |texting|harassing|stalking|grooming|abusing|beating|up to|"
    r"at it|out to|trying to|about to (?:rob|steal|burgle|attack|hit|stab|break)|planning to|more than|way over|caught|"
    r"on (?:her|his|their) phone|drunk|high on|high as|"
    r"stoned|armed|tooled up|over the limit|off (?:his|her|their) (?:head|face)|behind (?:this|it|the|a string)|"
    r"responsible|to blame|guilty|the (?:one|man|woman|driver|person|attacker|burglar|thief) (?:who|with|behind|holding|carrying)|out of control|asleep at|"
    r"well over|(?:twice|double|three times)|equipped|in possession|at the wheel|a (?:danger|menace|thief|burglar|"
    r"dealer|killer|bully|thug|liar|robber|rapist|murderer|criminal|predator|monster|paedophile|fraudster|"
    r"conman|crook|disgrace|coward|nightmare|pest|nuisance))\b"
)
# Seen, found and caught: passive, and yet it says what was done.
SEEN = re.compile(
    r"\b(?:he|she|they|was|were|who|suspect|man|woman|been|driver)(?: was| were| had been|'d been)? (?:also |then |later |still |soon )?"
    r"(?:seen|spotted|filmed|found|caught|watched|recorded|photographed|snapped|stopped|captured|chased|clocked|"
    r"discovered|observed|picked up) (?:him|her|them|himself|herself|themselves|(?:\w+ )?(?:with|in possession|carrying|"
    r"holding|hiding|running|trying|selling|dealing|stealing|breaking|climbing|driving|leaving|throwing|kicking|"
    r"punching|stabbing|hitting|smashing|clutching|doing|attempting|inside|red))\b"
)
# “Found in the stock room with a torch”: nobody said, and yet it is the one who is held.
FOUND = re.compile(
    r"(?:^|[.!?\n:] ?)(?P<here>(?:found|caught|seen|spotted|discovered|hiding|blew|tracked down|clocked|filmed|stopped) "
    r"(?:in|inside|on|under|behind|up|with|hiding|wearing|carrying|holding|climbing|trying|running|leaving|red|\d+|by the dog|at)\b"
    r"(?! the (?:road|street|scene|park|river|canal|a\d|m\d))[^.!?\n]*)"
)
HIM = re.compile(
    r"\b(?:saw|seen|seeing|watched|filmed|heard|caught|spotted|recorded|after|as|of) (?:him|her|them|(?:him|her|them)self|themselves|"
    r"(?:the|this) (?:man|woman|suspect|defendant|pair)) (?:\w+ly )?(?P<verb>kick|punch|hit|stab|attack|rob|steal|take|throw|smash|"
    r"break|run|drive|push|grab|drag|beat|threaten|set|burn|climb|assault|shoot|sell|deal|snatch|spit|stamp|put|swing|slash|spray|pull|leave|hide|dump|"
    r"(?P<ing>\w+ing))\b"
)
# “Kieran Holloway broke into”, “Holloway, 34, who preyed on”
NAMED = re.compile(
    r"(?P<name>[A-Z][a-z]+(?:[-'][A-Z]?[a-z]+)?(?: [A-Z][a-z]+(?:[-'][A-Z]?[a-z]+)?){0,2})(?P<aged>,? \(?(?:aged )?\d\d\)?,?)?"
    r"(?:,? (?:of|from) [A-Z][\w-]+(?: [A-Z][\w-]+)?,?)?(?:,? who)?(?P<had>'d| had| has| have)?"
    rf"(?: {HOW}){{0,2}}(?P<been> been)? (?P<verb>[a-z]+)\b"
)
# “the two brothers who ran the farm”, “a man of 30 who stole from shops”
WHICH = re.compile(
    r"\b(?:man|woman|men|women|boys?|girls?|lads?|pair|duo|couple|brothers|sisters|teenagers?|youths?|suspects?|person|"
    r"people|driver|drivers|\d\d-year-old|group|trio|bloke|fella|chap|guy|male|female|individual|one|ones|those|him|her|gentleman|lady|lass|shopper|passenger|customer|rider|motorist|prisoner|guest)(?:,? (?:aged |of )?\d\d,?)?(?: (?:from|in|at) [a-z\d]+(?: \d+)?)?,? (?:who|that)(?P<had>'d|'s|'ve| had| has| have)?"
    rf"(?: {HOW}){{0,2}}(?P<been> been)? (?P<verb>[a-z]+)\b"
)
HELD = r"(?:arrested|charged|nicked|detained|in custody|remanded|in (?:the|our|an?)(?: \w+)? cells?|under arrest|locked up|in cuffs)"
# “arrested after punching a driver”, “detained with a bag of stolen phones”
AFTER = re.compile(
    rf"\b{HELD}\b[^.!?\n]{{0,60}}\b(?P<here>(?:after|while|whilst|when|having) (?:he |she |they )?(?:been )?(?:\w+ly )?"
    r"(?P<verb>[a-z]+ing)\b|(?<!of )(?<!charged )(?:with(?! intent)|carrying|holding) (?!having|possess)[^.,!?\n]{0,25}(?:stolen|wraps|loot|swag|blade|knife|machete|gun|crowbar|"
    r"drugs|cocaine|heroin|cannabis|cash|goods|jemmy|balaclava))"
)
AFTER_DOING = words(
    "punching kicking stabbing hitting robbing burgling stealing smashing breaking attacking assaulting threatening "
    "spitting biting headbutting slapping strangling pushing shoving chasing waving brandishing swinging throwing "
    "setting torching ramming crashing ploughing racing speeding fleeing running climbing forcing kidnapping "
    "grooming raping molesting exposing flashing stalking harassing selling dealing supplying growing conning "
    "tricking scamming fleecing defrauding snatching grabbing swiping looting vandalising damaging spraying "
    "attempting trying leading dragging beating battering shooting firing carrying hiding dumping dodging evading "
    "blowing lashing bragging boasting burning nicking pinching looting helping"
)
# The words that a pattern begins with.
SOMEBODY = words("he she they the this that these those both our two three")
SIGHT = words("he she they was were who suspect man woman been driver")
SEES = words("saw seen seeing watched filmed heard caught spotted recorded after as of")
ONE = words(
    "man woman men women boy boys girl girls lad lads pair duo couple brothers sisters teenager teenagers youth youths "
    "suspect suspects person people driver drivers group trio bloke fella chap guy male female individual one ones those him her gentleman lady lass shopper passenger customer rider motorist prisoner guest"
) | frozenset(map(str, range(10, 100)))
HELD_WORDS = words("arrested charged nicked detained in remanded under locked")
# Words without which a pattern finds nothing.
FINDS = words("found caught seen spotted discovered hiding blew tracked clocked filmed stopped")
OF_A_THING = re.compile(
    r"\b(?:keys|phone|dog|cat|bike|anything|something|you|us|owner|safe|well|missing|call|please)\b"
)
RELATIVE = words("who that")
OBJECT = re.compile(r" (?:the|an?|his|her|their|our|my|so many|dozens|pensioners|people) [a-z]+")
HURT = re.compile(r" (?:[a-z]+ ){0,2}(?:injur|wound|cuts|burns|bruis|head|facial|leg )")
FREE = re.compile(
    r"(?:alleged(?:ly)?|accused of|suspected|denies|whether|if|claims?|how) (?:that )?$"
)


SAID_TO_BE = re.compile(r"\b(?:suspicion of|charged with|accused of|for) ")
HELD_HERE = re.compile(
    rf"\b(?:{HELD}|charged:|arrested:|arrests?|bail(?:ed)?|court|magistrates|suspicion|cell \d+)\b"
)


def find(reading: Reading) -> Iterator[Hit]:
    held = reading.people("suspect", "defendant", "wanted")
    names = {part for one in held for part in one.name.split()}
    for field in reading.fields:
        yield from _found(field)
        yield from _of_the_held(field)
        yield from _named(field, names)


def _found(field: Field) -> Iterator[Hit]:
    for match in begun(DID, field, SOMEBODY):
        free = FREE.search(field.lower, max(0, match.start() - 24), match.start())
        is_harm = match["verb"] in HARM and not match["been"] and not free
        is_said = is_harm or _is_told(match)
        if is_said and _is_conduct(match) and not _is_alleged(match):
            yield Hit(field, match.start(), match.end())
    for signs, pattern in ((SOMEBODY, STATE), (SIGHT, SEEN), (SEES, HIM)):
        for match in begun(pattern, field, signs):
            harms = pattern is HIM and (not match["ing"] or match["ing"] in AFTER_DOING)
            if harms or (_is_told(match) and not HURT.match(field.lower, match.end())):
                yield Hit(field, match.start(), match.end())


def _of_the_held(field: Field) -> Iterator[Hit]:
    """What the sentence that tells of the arrest adds to it."""
    lower = field.lower
    for match in () if FINDS.isdisjoint(field.words) else FOUND.finditer(lower):
        if is_of_the_held(lower, match.start("here")) and not OF_A_THING.search(match["here"]):
            yield Hit(field, match.start("here"), match.end("here"))
    for match in () if RELATIVE.isdisjoint(field.words) else begun(WHICH, field, ONE):
        if _is_conduct(match) and HELD_HERE.search(lower, *sentence(lower, match.start())):
            yield Hit(field, match.start("verb"), match.end())
    for match in begun(AFTER, field, HELD_WORDS):
        told = lower[match.start() : match.start("here")]
        is_doing = match["verb"] in AFTER_DOING if match["verb"] else not SAID_TO_BE.search(told)
        if is_doing:
            yield Hit(field, match.start("here"), match.end("here"))


def _named(field: Field, names: set[str]) -> Iterator[Hit]:
    for match in NAMED.finditer(field.text):
        before = field.lower[max(0, match.start() - 30) : match.start()]
        if before.endswith("for ") or FREE.search(before):
            continue
        is_named = match["name"].split()[0].lower() not in ONE
        is_theirs = not names.isdisjoint(match["name"].split()) or (match["aged"] and is_named)
        if is_theirs and _is_conduct(match) and not RANK.search(field.text[: match.start()]):
            yield Hit(field, match.start(), match.end())


def _is_conduct(match: re.Match[str]) -> bool:
    verb = match["verb"]
    if match["been"]:
        return match["had"] is not None and verb in DOING
    if match["had"] == "'s" and verb not in PAST | HARM:  # “she's suspended”
        return verb.endswith("ed") and OBJECT.match(match.string, match.end()) is not None
    if match.string.startswith(
        (" not", " no ", " for trial", " or ", " by "), match.end()
    ):  # “made no plea”
        return False
    return verb not in SAFE and (verb in PAST or (verb.endswith("ed") and len(verb) > 4))


ALLEGED = re.compile(
    r"\b(?:charges? (?:says?|alleges?|is|are)|alleg\w+|court (?:heard|was told)|prosecut\w+ (?:says?|said)|jury (?:heard|was told))\b"
)


def _is_alleged(match: re.Match[str]) -> bool:
    begin, _ = sentence(match.string, match.start())
    return ALLEGED.search(match.string, begin, match.start()) is not None


def _is_told(match: re.Match[str]) -> bool:
    """Of the held, and as a fact."""
    free = FREE.search(match.string, max(0, match.start() - 24), match.start())
    return not free and is_of_the_held(match.string, match.start())


RULE = Rule(
    id="LAW-1.conduct",
    family="proceedings",
    severity=Severity.STOP,
    wrong="While the case is active this says what the person did, as if a court had found it.",
    right="“A man has been arrested on suspicion of …”; leave out what he did.",
    source="Contempt of Court Act 1981, section 2 and schedule 1",
    may_override=COMMAND,
    when=lambda reading: reading.is_active,
    find=find,
    caught=(
        ARRESTED("A man is in custody. He bit an officer and ran."),
        ARRESTED("Two men are arrested. They've hit nine houses."),
        ARRESTED("A woman is in custody. She'd threatened her before."),
        CHARGED("A man is charged. He's been poisoning kids for years."),
        CHARGED("She is charged. She was on her phone and never saw the cyclist."),
        CHARGED("A man is charged. Luckily he filmed himself."),
        CHARGED("A man is charged. Who saw him kick the man on the ground?"),
        ARRESTED("A man is in custody. He was seen running from the house."),
        "A woman was arrested. She kept the cash in a shoebox.",
        ARRESTED("The suspect was held. This driver ran a red light."),
        ARRESTED("See the picture.", captions=["The knife he used"]),
        CHARGED("Two men were charged. These two have poured misery into the town."),
        ARRESTED("He was showing off to his mates."),
        CHARGED("He is charged. He's robbed half the shops in town."),
        ARRESTED("A man is in custody. Found in the stock room wearing a mask."),
        "We arrested the bloke who's been stealing the lead.",
        ARRESTED("He was carrying the knife when we stopped him."),
        CHARGED("Kieran Holloway broke into four homes while families slept."),
        CHARGED("The two brothers who ran the farm are charged."),
        "A man was arrested after punching a bus driver.",
        "A man was detained with a bag of stolen phones.",
        "We arrested a man. He was drunk and looking for a fight.",
    ),
    let_through=(
        ARRESTED("A man is in custody. He was arrested at noon and remains there."),
        CHARGED("A man is charged. He denied it and will appear in court on Monday."),
        CHARGED("He has been remanded until 3 January."),
        ARRESTED("A man is in custody. The victim, 40, is stable. She ran to a shop for help."),
        NO_STEPS("He ran towards the canal. Did you see him?"),
        SENTENCED("He bit an officer and ran."),
        CHARGED("The man is alleged to have damaged three cars."),
        "A man spent the night in hospital. They stole his bike.",
        "A man was arrested. He lived in Selly Oak.",
        "A man was arrested after a crash. A driver who stopped to help is thanked.",
        CHARGED("Kieran Holloway, 34, appeared in court today."),
        CHARGED("It is alleged that Kieran Holloway, 34, made false claims."),
        "A man was arrested after a woman was found with serious injuries.",
        CHARGED("To protect the woman concerned we do not say where he lives."),
        CHARGED("Kieran Holloway, 34, based at the depot, is charged."),
    ),
)

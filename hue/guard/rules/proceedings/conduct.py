"""What the person who is held did, told as a fact while a case is active.

“He” and a verb of doing: whatever is not the way of a case through police and court is for the
court to find.
"""

import re
from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.reading import Field, Reading
from hue.guard.rule import COMMAND, Hit, Rule, words
from hue.guard.sentences import is_of_the_held
from hue.guard.situations import ARRESTED, CHARGED, NO_STEPS, SENTENCED

HOW = (
    r"(?:also|then|just|even|never|only|later|already|simply|clearly|still|actually|nearly|almost|once|"
    r"always|often|twice|finally|first|now|both|all|[a-z]{3,}ly)"
)
WHO = (
    r"(?:he|she|they|(?:the|this|that|these|those|both|our|two|three) (?:arrested |accused |young |same )?"
    r"(?:man|woman|men|women|boys?|girls?|lads?|pair|trio|duo|couple|suspects?|defendants?|accused|"
    r"teenagers?|youths?|\d\d-year-old|individuals?|group))"
)
DID = re.compile(
    rf"\b{WHO}(?P<had>'d|'s|'ve| had| has| have)?(?: {HOW}){{0,2}}(?P<been> been)? (?P<verb>[a-z]+(?:-[a-z]+)?)\b"
)
# Verbs whose past does not end in -ed.
PAST = words(
    "ate beat bent bet bit bitten bled blew bought bound broke broken brought built burnt burst came "
    "caught chose clung crept cut dealt did done drank drew drove driven fed fell fled flew flung "
    "forced forgot fought gave given got grabbed hid hidden hit held hung hurt kept knew laid "
    "lay leapt led left lent let lit lost made meant met mown ran rode ridden rose sat saw sent set "
    "shook shone shot shut slept slew slid slung smashed sold sought spat sped spent spat split "
    "sprang stabbed stole stolen stood stuck struck stuffed swam swore swung taken thought threw "
    "thrown told took tore torn tried went woke won wore wound wrote put hit"
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
    "told joined served moved married had"
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
    rf"\b{WHO}(?:'s|'re| was| were| is| are)(?: {HOW})? (?P<said>on (?:her|his|their) phone|drunk|high on|high as|"
    r"stoned|armed|tooled up|over the limit|off (?:his|her|their) (?:head|face)|behind (?:this|it|the|a string)|"
    r"responsible|to blame|guilty|the (?:one|man|woman|driver|person|attacker|burglar|thief) who|out of control|"
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
HIM = re.compile(
    r"\b(?:saw|seen|seeing|watched|filmed|heard|caught|spotted|recorded|after|as|of) (?:him|her|them|(?:him|her|them)self|themselves|"
    r"(?:the|this) (?:man|woman|suspect|defendant|pair)) (?:\w+ly )?(?P<verb>kick|punch|hit|stab|attack|rob|steal|take|throw|smash|"
    r"break|run|drive|push|grab|drag|beat|threaten|set|burn|climb|assault|shoot|sell|deal|snatch|spit|stamp|"
    r"(?P<ing>\w+ing))\b"
)
FREE = re.compile(
    r"(?:alleged(?:ly)?|accused of|suspected|denies|whether|if|claims?|how) (?:that )?$"
)


def find(reading: Reading) -> Iterator[Hit]:
    for field in reading.fields:
        yield from _found(field)


def _found(field: Field) -> Iterator[Hit]:
    lower = field.lower
    for match in DID.finditer(lower):
        if _is_conduct(match) and _is_told(match):
            yield Hit(field, match.start(), match.end())
    for pattern in (STATE, SEEN, HIM):
        for match in pattern.finditer(lower):
            harms = pattern is HIM and not match["ing"]
            if harms or _is_told(match):
                yield Hit(field, match.start(), match.end())


def _is_conduct(match: re.Match[str]) -> bool:
    verb = match["verb"]
    if match["been"]:
        return match["had"] is not None and verb in DOING
    if match["had"] == "'s" and verb not in PAST:  # “she's suspended”
        return False
    return verb not in SAFE and (verb in PAST or (verb.endswith("ed") and len(verb) > 4))


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
        "A man was arrested. He lived in Selly Oak.",
    ),
)

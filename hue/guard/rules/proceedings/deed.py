"""What was done, told without saying who: a participle, a sentence without a subject, a habit.

“Arrested in Thursby, racing a mate.” “Hit a parked car, drove home.” “The guy who keeps robbing
the shop.” Beside an arrest all of it is said of the one who is held.
"""

import re
from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.reading import Field, Reading
from hue.guard.rule import COMMAND, Hit, Rule, begun, words
from hue.guard.rules.proceedings.conduct import AFTER_DOING, HELD, HELD_WORDS, HURT
from hue.guard.sentences import is_of_the_held
from hue.guard.situations import ARRESTED, CHARGED, NO_STEPS, SENTENCED

DOING = AFTER_DOING | words(
    "climbing helping doing driving drinking lying posing pretending using hitting burgling ripping siphoning "
    "stripping loading nicking thieving pinching pocketing filling stuffing swerving weaving dangling sprinting "
    "legging crawling jumping sniffing smoking shouting abusing"
)
# “Arrested in Thursby, racing a mate”, “arrested climbing out of a window”
PARTICIPLE = re.compile(
    rf"{HELD}\b[^.!?\n]{{0,60}}?(?:,|:|;| -| and|(?<=arrested)|(?<=nicked)|(?<=detained)) (?:\w+ly )?(?P<here>(?P<verb>[a-z]+ing)\b[^.,!?\n]{{0,40}})"
)
# “after breaking into the hut and helping himself to the till”
BOTH = re.compile(
    r"after (?P<verb>[a-z]+ing)\b[^.!?\n]{3,60} and (?P<here>[a-z]+ing (?:himself|herself|themselves|the|a|his|her|their|at|off|out|into|over|through|\d+)\b[^.!?\n]{0,40})"
)
TOLD_AS_FACT = words(
    "tricking conning fleecing robbing punching kicking stabbing beating battering smashing setting torching ramming biting spitting swindling preying terrorising bullying nicking"
)
OFFENCE = re.compile(
    r"\b(?:suspicion of|suspected|charged (?:\w+ )?with|accused|alleged\w*|offences?|counts?|wanted|questioned|interviewed|reported|investigat\w+|"
    r"reports? of|theft|assault|burglary|damage)\b"
)
SOMEBODY_BEHIND = (
    r"man|woman|men|women|boys?|girls?|lads?|pair|duo|couple|teenagers?|youths?|persons?|guys?|blokes?|fellas?|shopkeepers?|owners?|landlords?|traders?|"
    r"drivers?|riders?|businessman|brothers|sisters|family|group|gang|company director|dealers?|mastermind|brains"
)
HARMED = (
    r"(?:hit|stole|robbed|smashed|punched|kicked|spat|bit|stabbed|threatened|assaulted|attacked|crashed|ploughed|rammed|"
    r"broke (?:into|in|his|her|the)|drove (?:off|home|away|like|straight|through|into|at|on|past)|ran (?:off|from|away|through)|made off|legged it|"
    r"failed (?:to stop|to provide|a roadside|the|his|her)|blew|hid|swallowed|dumped|ditched|torched|refused to|left the scene|helped himself|"
    r"helped herself|nicked|snatched|grabbed|headbutted|overtook|swerved|fled|bolted)"
)
WITHOUT = re.compile(rf"(?:^|[.!?…\n:] ?)(?P<here>{HARMED}\b(?! by\b| and run\b)[^.!?\n]{{2,80}})")
# “The pair would meet buyers in car parks”
WOULD = re.compile(
    r"(?:he|she|they|the (?:pair|men|man|woman|women|couple|gang|group|duo|trio|suspects?)|who) would (?:then |often |also |regularly |always |just )?"
    r"(?!be |like|have|not |appear|attend|face|need|prefer|want|love|remain|hear|say)(?P<here>[a-z]+ [^.!?\n]{3,40})"
)
# “the shopkeeper behind it”
BEHIND = re.compile(
    rf"(?:(?:two|three|four) )?(?:{SOMEBODY_BEHIND}) behind (?:it|this|these|that|them|those|all|the (?:[a-z]+ ){{0,2}}[a-z]+s?)\b(?! (?:wheel|bar|counter|desk|bars|scenes))"
)
HARM_WORDS = words(
    "hit stole robbed smashed punched kicked spat bit stabbed threatened assaulted attacked crashed ploughed rammed broke drove "
    "ran made legged failed blew hid swallowed dumped ditched torched refused left helped nicked snatched grabbed headbutted "
    "overtook swerved mounted reversed fled bolted jumped"
)
SOMEONE = (
    r"(?:man|woman|guy|bloke|lad|fella|chap|one|person|driver|male|female|individual|lass|girl|boy|men|women|people|lads|pair|"
    r"couple|drivers|idiots|muppets|clown|fool|hero|genius|gentleman|lady)"
)
# “the guy who keeps robbing us”, “men who steal dogs”
HABIT = re.compile(
    rf"(?:{SOMEONE}|somebody|someone|anybody|anyone|those|scum|thugs|thieves|criminals) who(?:'s been| has been| have been|'d been)? (?P<here>(?:keeps?|kept|goes around|goes round|likes?|enjoys?|spent \w+ \w+) (?:on )?[a-z]+ing\b|"
    r"(?:steals?|robs?|burgles?|deals?|beats?|hurts?|abuses?|preys?|cheats?|cons?|attacks?|drinks? and drives?|drives? drunk|breaks? into|sets? fire|smash(?:es)?|kicks?|punch(?:es)?|bites?|spits?|stabs?|rapes?|grooms?|thinks? (?:he|she|they|it|that))\b)"
)
SOMEONES = words(
    "man woman guy bloke lad fella chap one person driver male female individual lass girl boy men women people lads pair couple "
    "drivers idiots muppets clown fool hero genius gentleman lady somebody someone anybody anyone those scum thugs thieves criminals"
)
# “he had the till under his arm”
# “His barbecue started this”, “the knife he used”
THEIRS = re.compile(
    r"\b(?P<here>(?:his|her|their) (?:[a-z]+ ){1,2}?(?:started|caused|held up|killed|wrecked|ruined|destroyed|cost (?:us|the|lives))\b"
    r"|(?:knife|weapon|gun|hammer|bat|machete|blade|axe|crowbar) (?:he|she|they) (?:used|carried|dropped|hid|threw|had|pulled|swung))\b"
)
THEIR_WORDS = words("his her their knife weapon gun hammer bat machete blade axe crowbar")
FOR_DOING = re.compile(
    r"\b(?:in court|before (?:the )?(?:court|magistrates|bench)|at court|up before|summonsed|due in court)\b[^.!?\n]{0,40} for (?P<here>(?P<verb>[a-z]+ing)\b[^.,!?\n]{0,40})"
)
FOR_WORDS = words("in before at up summonsed due")
HAD = re.compile(
    r"(?:he|she|they|who|driver|suspect|man|woman|male|pair) had (?P<here>(?:the|an?|two|three|four|\d+|some|several|his|her|our|stolen|more)\b[^.,!?\n]{2,40}? "
    r"(?:under|in|on|down|up|inside|round|behind|with) (?:his|her|their|the|him|them)\b)"
)
WOULD_WORDS = words("he she they the who")
BEHIND_WORDS = words(
    "two three four boys girls lads duo teenager teenagers youth youths persons guys blokes fellas shopkeeper shopkeepers owner owners landlord "
    "landlords trader traders rider riders businessman brothers sisters family group gang ones company dealer dealers mastermind brains"
)
# “Nineteen years of thieving from the collection plate”
LONG = re.compile(
    r"(?:years?|months?|weeks?|days|decades?|nights?|summer|winter|career|life|lifetime) of (?P<here>(?P<verb>[a-z]+ing)\b[^.,!?\n]{0,30})"
)
HELPFUL = words("running trying helping leading driving carrying climbing doing waving jumping")
SPANS = words(
    "year years month months week weeks days decade decades night nights summer winter career life lifetime"
)
HAVING = words("he she they who driver suspect man woman male pair")


def find(reading: Reading) -> Iterator[Hit]:
    for field in reading.fields:
        yield from _doing(field)
        yield from _of_theirs(field)
        yield from _without_subject(field)
        for match in begun(WOULD, field, WOULD_WORDS) if "would" in field.words else ():
            is_pair = match.group().startswith("the ")
            if is_pair or is_of_the_held(field.lower, match.start()):
                yield Hit(field, match.start("here"), match.end("here"))
        for match in (
            begun(BEHIND, field, SOMEONES | BEHIND_WORDS) if "behind" in field.words else ()
        ):
            yield Hit(field, match.start(), match.end())
        for match in begun(HABIT, field, SOMEONES):
            yield Hit(field, match.start("here"), match.end("here"))
        for match in begun(HAD, field, HAVING):
            if is_of_the_held(field.lower, match.start()) and not HURT.search(match["here"]):
                yield Hit(field, match.start("here"), match.end("here"))


def _doing(field: Field) -> Iterator[Hit]:
    for match in begun(PARTICIPLE, field, HELD_WORDS):
        told = field.lower[match.start() : match.start("here")]
        if match["verb"] in DOING and not OFFENCE.search(told):
            yield Hit(field, match.start("here"), match.end("here"))
    for match in begun(BOTH, field, frozenset({"after"})):
        if match["verb"] in DOING and is_of_the_held(field.lower, match.start()):
            yield Hit(field, match.start("here"), match.end("here"))


def _of_theirs(field: Field) -> Iterator[Hit]:
    for match in begun(THEIRS, field, THEIR_WORDS):
        if is_of_the_held(field.lower, match.start()):
            yield Hit(field, match.start("here"), match.end("here"))
    for match in begun(FOR_DOING, field, FOR_WORDS):
        if match["verb"] in TOLD_AS_FACT:
            yield Hit(field, match.start("here"), match.end("here"))
    for match in begun(LONG, field, SPANS):
        told = field.lower[max(0, match.start() - 60) : match.start()]
        if match["verb"] in DOING - HELPFUL and not OFFENCE.search(told):
            yield Hit(field, match.start("here"), match.end("here"))


def _without_subject(field: Field) -> Iterator[Hit]:
    for match in () if HARM_WORDS.isdisjoint(field.words) else WITHOUT.finditer(field.lower):
        yield Hit(field, match.start("here"), match.end("here"))


RULE = Rule(
    id="LAW-1.deed",
    family="proceedings",
    severity=Severity.STOP,
    wrong="While the case is active this tells what was done, as if a court had found it.",
    right="“A man has been arrested on suspicion of …”; leave out what he did.",
    source="Contempt of Court Act 1981, section 2 and schedule 1",
    may_override=COMMAND,
    when=lambda reading: reading.is_active,
    find=find,
    caught=(
        "A 19-year-old was arrested in Thursby, racing a mate at 94.",
        "Two men were arrested climbing out of a skylight.",
        "A man was arrested after breaking into the hut and helping himself to the till.",
        ARRESTED("Hit a parked car, drove home, put the kettle on."),
        ARRESTED("We know the guy who keeps robbing the chemist. He is in custody."),
        CHARGED("We don't like men who steal dogs."),
        ARRESTED("The shopkeeper behind it is in custody."),
        "Two men were arrested. The pair would meet buyers in car parks.",
        ARRESTED("A man is in custody. He had the till under his arm."),
        CHARGED("A woman is charged. Nineteen years of thieving from the collection plate."),
    ),
    let_through=(
        "A man was arrested on suspicion of assault, threatening behaviour and spitting.",
        ARRESTED("A woman is in custody. The victim had the keys in her hand."),
        NO_STEPS("Hit a parked car? Tell its owner."),
        CHARGED("A woman is charged. After two years of waiting the owner has news."),
        SENTENCED("Hit a parked car, drove home, put the kettle on."),
        "A man was arrested. Officers are looking for witnesses.",
        ARRESTED("Hit by a car on Monday, the boy is home. A driver is in custody."),
    ),
)

"""A noun for an offender, said of the person who is held while a case is active."""

import re
from collections.abc import Callable, Iterator

from hue.guard.finding import Severity
from hue.guard.names import NEAR
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Hit, Rule, begun, words
from hue.guard.sentences import has, sentence
from hue.guard.situations import ARRESTED, CHARGED, NO_ACTION, NO_STEPS, SENTENCED

# One: burglar, arsonist; several: burglars, thieves.
DOERS = words(
    "abuser aggressor arsonist assailant assassin attacker bandit bigamist blackmailer bomber burglar "
    "brawler bully cheat conman conwoman con-man con-artist counterfeiter crook culprit cuckooer dealer "
    "defrauder drink-driver drug-driver drug-dealer embezzler extortionist firebug firestarter "
    "fire-raiser flasher fly-tipper flytipper forger fraudster fugitive gangster getaway-driver "
    "grooming-gang groomer gunman gunwoman hacker harasser hijacker hit-man hitman housebreaker "
    "imposter impostor intruder joyrider joy-rider kidnapper killer knifeman knifewoman lawbreaker "
    "looter lout money-launderer mugger murderer molester nuisance-caller offender oppressor paedophile "
    "peeping-tom perpetrator pervert pickpocket pimp pirate poacher predator prowler pusher pyromaniac "
    "racketeer raider ram-raider rapist ringleader rioter robber rogue-trader rustler safe-cracker "
    "scammer shoplifter slaver smuggler sniper snatcher spiker stabber stalker strangler swindler "
    "tagger thief thug torturer trafficker tormentor trespasser troll tyrant upskirter vandal voyeur "
    "wife-beater wrongdoer villain criminal kingpin mastermind hoaxer "
    "gangmaster grower nighthawk bagsnatcher bag-snatcher would-be-burglar would-be-thief "
    "baddie badger-baiter hare-courser dognapper dog-napper cat-burglar car-thief tealeaf"
)
KINDS = (
    r"(?:drug|drugs|drink|drunk|hit-and-run|hit and run|getaway|death-crash|car|bike|phone|metal|sheep|dog|tool|"
    r"van|parcel|shop|lead|cable|diesel|fuel|moped|street|heroin|crack|cocaine|cannabis|class a|county lines|sex|"
    r"cat|hare|knife|acid|serial|prolific|repeat|persistent|career|known|convicted|catalytic converter|identity|"
    r"credit card|bogus|petty|child|animal|people|human|fire|graffiti)"
)
_ONE = "|".join(
    re.escape(one).replace(r"\-", "[- ]") for one in sorted(DOERS, key=len, reverse=True)
)
_HERE = (
    rf"(?P<here>(?:{_ONE})(?:e?s)?|thieves|(?:drunk|drink|drug|hit-and-run|hit and run|getaway|killer|"
    r"drunken|drugged|disqualified|dangerous|banned|uninsured|unlicensed|reckless)[- ]drivers?|conmen|gunmen|knifemen|hitmen|(?:organised )?(?:crime )?gang|mob|crew|low-?li(?:fe|ves))(?!\w)"
    r"(?! (?:alarm|whale|bar|proof|deterrent|marks?|heat|bees?|app|watch|story|threat|code|record|justice|damage|law|offence|"
    r"investigation|case|trial|court|allegation|proceedings|charge|barrister|matter|division|resources|team|networks?|activity|property|bypass))"
)
HERE = re.compile(_HERE)
NOUN = re.compile(
    rf"(?<![\w-])(?P<det>(?:the|this|that|these|those|our|your|another|a|an|one|two|three|four|five|six|some|"
    rf"more|no|any|every|his|her|their|all|same|both|other|such|as|with) )?(?P<adj>(?!(?:the|a|an|and|or|of|to|from|for|"
    rf"by)\b)[a-z'-]+ )?(?P<kind>{KINDS} )?{_HERE}"
)
OF = re.compile(r"\b(?:family|pair|bunch|group|couple|trio|crew|lot|den|nest) of (?:\w+ )?$")
MANY = re.compile(r"(?:s|thieves|men)$")
TRADER = re.compile(
    r"\b(?:antiques?|scrap|art|car|second-hand|used|book|arms|van|metal|registered)[ -]$"
)
FREE = re.compile(
    r"\b(?:alleged|suspected|assisting an|accused|possible|potential|any|no|every|deter|stop|prevent|against|beat|"
    r"attract|tempt|help|let|give|like|if|unless|whether|motive|fingers?|reason|behind the|from|"
    r"wheeler|against|for|to|by|other|how|when|unknown|same|as)[ -]$"
)
ADVICE = re.compile(
    r"\b(?:lock(?!-up| up)|locked(?! up)|locks|keep|hide|mark|don't|do not|please|if you|tips?|advice|advise|prevent|deter|"
    r"alarm|whoever|still (?:looking|searching|hunting)|at large|not (?:yet )?(?:been )?(?:caught|found|identified))\b"
)
GANGS = ("gang", "mob", "crew")
GANG_OF = ("the", "this", "that", "our", "a", "an", "another")
# What became of them.
BECAME = re.compile(
    r" (?:have |has |had |are |is |were |was |been |now |all |finally )*(?:arrested|nicked|caught|charged|in|off|behind|stopped|nabbed|jailed|who|bailed|"
    r"chased|found|held|busted|remanded|tracked|detained|locked|identified|rounded|dealt)\b"
)


# The word that such a noun begins with.
SIGNS = frozenset(
    form
    for one in DOERS
    for word in (one.partition("-")[0],)
    for form in (word, f"{word}s", f"{word}es")
) | words(
    "thieves drunk drink drug hit getaway killer drunken drugged disqualified dangerous banned uninsured unlicensed reckless conmen gunmen knifemen hitmen organised crime gang mob crew "
    "low lowlife lowlives"
)


def find(reading: Reading) -> Iterator[Hit]:
    for field in reading.fields:
        advises = has(ADVICE, field.lower)
        is_said = any(True for _ in begun(HERE, field, SIGNS))
        for match in NOUN.finditer(field.lower) if is_said else ():
            if _is_said_of_the_held(match, advises):
                yield Hit(field, match.start("here"), match.end("here"))


def _is_said_of_the_held(match: re.Match[str], advises: Callable[[int], bool]) -> bool:
    begin, end = sentence(match.string, match.start("here"))
    before = match.string[begin : match.start("here")]
    near = before[-NEAR:]
    is_trade = match["here"].startswith("dealer") and TRADER.search(near)
    is_theirs = (match["det"] or "").strip() in ("these", "this")
    advice = not is_theirs and advises(match.start("here"))
    if is_trade or FREE.search(near) or advice:
        return False
    det = (match["det"] or "").strip()
    if det in ("no", "any", "every", "some", "with", "as", "such"):
        return False
    if match["here"].endswith(GANGS):
        is_sort = bool(match["kind"] or "organised" in match.group())
        is_held = BECAME.match(match.string, match.end()) is not None
        return det in GANG_OF and (is_sort or (is_held and match["here"].endswith("gang")))
    if MANY.search(match["here"]):
        return bool(det) or OF.search(near) is not None or _is_headline(match, before, end)
    return True


def _is_headline(match: re.Match[str], before: str, end: int) -> bool:
    """“Thieves in custody”, “Dealers nicked”: nothing before, and what became of them."""
    after = match.string[match.end() : end]
    is_all = not after and len(before.split()) <= 1  # “Copper thieves!”
    return is_all or BECAME.match(match.string, match.end(), end) is not None


RULE = Rule(
    id="LAW-1.offender",
    family="proceedings",
    severity=Severity.STOP,
    wrong="While the case is active this calls somebody an offender.",
    right="“A man arrested on suspicion of …”, “the defendant”.",
    source="Contempt of Court Act 1981, section 2 and schedule 1",
    may_override=COMMAND,
    when=lambda reading: reading.is_active,
    find=find,
    caught=(
        ARRESTED("The burglar is in custody."),
        ARRESTED("We have our fly-tipper!"),
        ARRESTED("Our firebug is in custody."),
        ARRESTED("The aggressor, 24, was arrested."),
        CHARGED("Killer Trevor Innes will stand trial in April."),
        CHARGED("These dealers have blighted the estate."),
        "20-year-old arrested. Dealer, plain and simple.",
        "Two arrests: a gang of three, an organised crime gang, is off the road.",
        "The drunk driver was arrested.",
        "Thieves nicked! Two men were arrested.",
        "Copper thieves! A man was arrested.",
    ),
    let_through=(
        SENTENCED("The burglar was jailed for four years."),
        NO_STEPS("The burglar got in through a window."),
        ARRESTED("A suspected burglar is in custody."),
        ARRESTED("A man is in custody. Lock your shed: thieves look for tools."),
        ARRESTED("A burglar alarm went off. A man is in custody."),
        NO_ACTION("We still look for the burglar."),
        CHARGED("An antiques dealer was robbed. A man is charged."),
        "Thieves loaded the mower into a van. Did you see the thieves?",
        "The thief got in through a window. Did you see anything?",
    ),
)

"""What is said of the one who is named by the case alone: “the man charged over it has ruined …”.

Whatever such a sentence adds to the way of the case is for the court to find.
"""

import re
from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Hit, Rule, begun, words
from hue.guard.rules.proceedings.conduct import HARM, PAST, SAFE
from hue.guard.sentences import sentence
from hue.guard.situations import ARRESTED, CHARGED, NO_STEPS, SENTENCED

WHO = r"(?:m[ae]n|wom[ae]n|boys?|girls?|youths?|teenagers?|pair|couple|duo|trio|lads?|drivers?|riders?|people|suspects?|defendants?|accused|brothers|sisters|person|shopkeeper|farmer|\d\d-year-olds?)"
HELD = r"(?:arrested|charged|accused|summonsed|remanded|detained|in custody|in (?:our|the) cells?|on bail|on remand|held|in the dock|on trial)"
# What follows until the sentence says something; a word of time or a clause of its own ends it.
ABOUT = r"(?: (?!who\b|has\b|have\b|had\b|is\b|was\b|are\b|were\b|will\b|he\b|she\b|they\b|and\b|but\b|after\b|when\b|while\b|that\b|as\b|by\b)[\w'£-]+){0,9}?"
# Of a charge, not of a sentence: “charged with handling stolen goods”.
KIND = words(
    "aggravated attempted armed alleged suspected organised related connected planned limited unauthorised counterfeited stolen uninsured unlicensed "
    "disqualified shed need feed speed red indeed bed weed seed hundred bred used led left found set put cut hit told taken called broken hidden lost"
)


def _any(of: frozenset[str]) -> str:
    return "|".join(sorted(of, key=len, reverse=True))


HOW = r"(?:never |always |also |clearly |simply |[a-z]+ly )?"
HELD_ONE = re.compile(
    rf"(?:the|an?|two|three|four|both|our|this|that|these|those)(?: [\w'-]+){{0,3}}? {WHO}(?:,? (?:aged |of )?\d\d,?)?(?: (?:we|police|officers)(?:'ve| have)?)?"
    rf"(?: now| just| today| already)? {HELD}{ABOUT} "
    rf"(?P<here>(?:has|have|had) {HOW}(?!(?:{_any(SAFE | KIND)})\b)(?:[a-z]+ed|{_any(PAST)})|{HOW}(?:{_any((PAST | HARM) - SAFE - KIND)}))\b"
)
STARTS = words("the a an two three four both our this that these those")
JUDGED = re.compile(
    rf"(?:the|an?|two|three|this|that|these|those|our)(?: [\w'-]+){{0,2}}? {WHO} {HELD}{ABOUT} (?P<here>(?:is|are|was|were) (?:an? |the |such an? |nothing but |clearly |obviously |plainly )?"
    r"(?:absolute |complete |utter |total |real |proper )?(?:disgrace|coward|cowards|menace|danger|nuisance|pest|bully|bullies|liar|liars|animal|animals|joke|guilty|evil|vile|wicked|"
    r"wearing|carrying|driving|riding|holding|selling|drunk|high|known|lying|finished|where (?:he|she|they) belongs?))\b"
)


def find(reading: Reading) -> Iterator[Hit]:
    for field in reading.fields:
        for match in begun(HELD_ONE, field, STARTS):
            end = sentence(field.lower, match.start("here"))[1]
            yield Hit(field, match.start("here"), min(end, match.end() + 30))
        for match in begun(JUDGED, field, STARTS):
            yield Hit(field, match.start("here"), match.end("here"))


RULE = Rule(
    id="LAW-1.subject",
    family="proceedings",
    severity=Severity.STOP,
    wrong="While the case is active this says what the person did, as if a court had found it.",
    right="“A man is charged with …”; end the sentence there.",
    source="Contempt of Court Act 1981, section 2 and schedule 1",
    may_override=COMMAND,
    when=lambda reading: reading.is_active,
    find=find,
    caught=(
        CHARGED("A man of 64 charged with fly-tipping has ruined that lane for years."),
        ARRESTED("The man on bail for the theft sold the painting to a friend."),
        CHARGED("The man charged in Oswestry with cruelty is a disgrace."),
        CHARGED("The two people charged with the burglaries were wearing the jewellery."),
        "The teenager arrested over the fire stole the petrol.",
        CHARGED("The woman accused of fraud has cheated half the street."),
    ),
    let_through=(
        CHARGED("A man of 64 charged with fly-tipping has been bailed."),
        CHARGED("A man charged with handling stolen goods will be in court on Monday."),
        ARRESTED("The man arrested on Friday has been released on bail."),
        NO_STEPS("The man on the stage has ruined his boots."),
        SENTENCED("The man charged with fly-tipping has ruined that lane."),
        ARRESTED("A woman arrested in Hall Green on Monday was taken to hospital."),
    ),
)

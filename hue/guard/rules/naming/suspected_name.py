"""A first name and a surname in words about a case in which nobody is charged."""

import re
from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.names import NEAR, RANK, is_unlisted
from hue.guard.reading import Field, Reading
from hue.guard.rule import COMMAND, Hit, Rule, words
from hue.guard.rules.naming.unlisted_name import PLACE
from hue.guard.sentences import has
from hue.guard.situations import ARRESTED, CHARGED, NO_ACTION, NO_STEPS

FIRST = re.compile(r"[A-Z](?<![\w@#'].)[a-z]+(?:-[A-Z]?[a-z]+)?(?![\w'])")
NAME = re.compile(
    r"(?P<name>(?P<first>[A-Z][a-z]+(?:-[A-Z]?[a-z]+)?)(?:,? [\"'(][A-Z]\w+(?: \w+)?[\"')])?"
    r"(?: (?:[A-Z]\. ?|al-|bin |de |van |von |O'|Mc|Mac|St )?[A-Z][a-z]+(?:['-][A-Z]?[a-z]+)?){1,3})(?!\w)"
)
# “Phil from the hardware shop”, “Big Dave who drinks at the Crown”
ALONE = re.compile(
    r"(?P<name>(?P<first>[A-Z][a-z]+))(?:,? (?:from|of|at|who (?:runs|works|drives|owns|lives|drinks|sells|does|fixes|cuts)) (?:at |in |on |for )?"
    r"(?:the|our|your|number|that|\d)|,? \(?\d\d\)?,? (?:was|is|has|from|of)|,? (?:has been|have been|was|is|got|is being|was being|been) "
    r"(?:\w+ )?(?:arrested|nicked|detained|bailed|questioned|in custody|released|interviewed|picked up|lifted|held|locked)\b)"
)
HELD = re.compile(
    r",? (?:\d\d,? )?(?:of [A-Z]\w+,? )?(?:who )?(?:has been|was|is|have been|were|is being|was being|has today been) (?:\w+ )?"
    r"(?:arrested|bailed|detained|questioned|released|interviewed|held|in custody|under investigation|suspected)\b"
)
# “We have arrested Danny.”
CAUGHT = re.compile(r"\b(?:arrested|nicked|detained|bailed|questioning|arrest of) $")
ONE = re.compile(r"(?P<name>(?P<first>[A-Z][a-z]+))(?![\w']| [A-Z])")
# “Sean something from the hostel”, “Dad, Stefan, was …”
VAGUE = re.compile(
    r"(?P<name>(?P<first>[A-Z][a-z]+))(?: (?:something|somebody|someone|whatsit|thingy))\b"
)
BESIDE = re.compile(
    r"\b(?:[Dd]ad|[Mm]um|[Dd]river|[Ss]uspect|[Mm]an|[Ww]oman|[Ll]ad|[Bb]loke|[Tt]eenager|[Hh]usband|[Bb]oyfriend|[Bb]rother|[Ss]on|[Nn]eighbour), $"
)
APART = re.compile(r"(?P<name>(?P<first>[A-Z][a-z]+)),")
# “#ConnorBayliss”
TAGGED = re.compile(r"#(?P<name>(?P<first>[A-Z][a-z]+)(?P<last>[A-Z][a-z]+)(?:[A-Z][a-z]+)*)(?!\w)")
# Somebody who speaks, helps or is mourned is no suspect.
SPEAKS = re.compile(
    r"\b(?:said|says|told|added|explained|tribute|tributes|died|dies|family|families|victim|funeral|memory|thank|thanks|"
    r"congratulations|retires?|awarded|winner|councillor|mayor|headteacher's|commissioner|judge|coroner|missing|"
    r"reporting|named after|sadly|late|welcome|welcomes|spokes\w+|caseworker|coordinator)\b"
)


# Where neither steps nor words tell of an arrest, the sentence itself must.
CAUTION = re.compile(
    r"\b(?:suspected|under caution|hand (?:himself|herself|themselves) in|behind the|responsible for|our suspect|"
    r"(?:the|a|prime|main) suspect|give (?:his|her|their) account|want to question|voluntary interview)\b"
)


NAMED_AFTER = re.compile(
    r" (?:[Uu]niversity |[Cc]ommunity |[Gg]eneral )?(?:[Hh]ospital|[Aa]cademy|[Ss]chool|[Cc]ollege|[Cc]entre|[Ss]treet|[Rr]oad|[Hh]ouse|[Pp]ark|[Ll]ibrary|[Ss]urgery)\b"
)
# “the night shift in Bradley Stoke”
WHERE = re.compile(r"\b(?:in|near|towards|across) $")
CAUTION_WORDS = words(
    "suspected caution hand behind responsible suspect account question voluntary"
)


def find(reading: Reading) -> Iterator[Hit]:
    for field in reading.fields:
        yield from _tagged(field, reading)
        speaks, cautions = has(SPEAKS, field.lower), has(CAUTION, field.lower)
        for first in FIRST.finditer(field.text):
            if first[0].lower() not in reading.policy.given_names:
                continue
            match = NAME.match(field.text, first.start()) or _alone(field.text, first.start())
            if match and WHERE.search(field.text[max(0, first.start() - NEAR) : first.start()]):
                continue
            if match is None or NAMED_AFTER.match(field.text, match.end("name")):
                continue
            start, end = match.span("name")
            is_case = reading.is_uncharged or cautions(start)
            is_somebody = is_case and is_unlisted(match, reading) and not speaks(start)
            if _is_held(field.text, start, end) or is_somebody:
                yield Hit(field, start, end)


def _tagged(field: Field, reading: Reading) -> Iterator[Hit]:
    for match in TAGGED.finditer(field.text) if "#" in field.words else ():
        is_name = match["first"].lower() in reading.policy.given_names
        if is_name and match["last"].lower() not in reading.policy.not_names:
            yield Hit(field, match.start("name"), match.end("name"))


def _alone(text: str, start: int) -> re.Match[str] | None:
    """“A woman from Barry was arrested”: a town, where such a word stands before."""
    near = text[max(0, start - NEAR) : start]
    if near.endswith("'s "):  # “in King's Lynn”
        return None
    if CAUGHT.search(near):
        return ONE.match(text, start)
    if BESIDE.search(near):
        return APART.match(text, start)
    return None if PLACE.search(near) else ALONE.match(text, start) or VAGUE.match(text, start)


def _is_held(text: str, start: int, end: int) -> bool:
    """One of us, by their rank."""
    return bool(HELD.match(text, end) and RANK.search(text[max(0, start - NEAR) : start]))


def _applies(reading: Reading) -> bool:
    is_missing = "missing" in reading.text.words or reading.draft.kind == "appeal_missing"
    by_words = not reading.states and not reading.words.isdisjoint(CAUTION_WORDS)
    return not is_missing and (reading.is_uncharged or by_words)


RULE = Rule(
    id="PUB-2.suspected",
    family="naming",
    severity=Severity.STOP,
    wrong="This looks like somebody's name in a case in which nobody is charged.",
    right="Say gender, age and town; no name. If the person is charged, enter the charge first.",
    source="College of Policing, APP Media and communications: arrests, charges and outcomes",
    may_override=COMMAND,
    when=_applies,
    find=find,
    caught=(
        ARRESTED("Poll: who was it?", poll_options=["Nobody", "It was Dale Hunnable"]),
        NO_STEPS("We would like Wayne Dodsley to come in and give his account."),
        NO_STEPS("The owner is Lynda Maxfield; she'll be interviewed under caution."),
        NO_ACTION("Phil from the hardware shop was released with no further action."),
        ARRESTED("I had to arrest my old schoolmate Robbo Tindall."),
        "A man was arrested on suspicion of damage. #ConnorBayliss",
        ARRESTED("First arrest! Daniel something from the hostel."),
        "PCSO Kirsty Vaill has been arrested and suspended from duty.",
        "Inspector Ralph Denning, who was arrested on 3 November, is on bail.",
        "A man was arrested. Ask for Kev, who works at the garage.",
    ),
    let_through=(
        ARRESTED("A man is in custody. PC Wayne Dodsley made the arrest."),
        ARRESTED("“A man is in custody,” said Wayne Dodsley, who leads the team."),
        ARRESTED("A man was arrested in Victoria Square, near George Street."),
        CHARGED("Wayne Dodsley, 40, is charged with theft."),
        ARRESTED("A man is in custody. PC 2217 Kirsty Vaill passed her driving course."),
        ARRESTED("Good morning from the night shift in Bradley Stoke. One arrest."),
        NO_STEPS("Thanks to Lynda Maxfield for the cake."),
        "Wayne Dodsley won our poster competition.",
    ),
)

"""A name beside an age under 18, in words about a case, that the desk did not list."""

import re
from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.names import NAME, NAME_BEGINS, NAME_WORD, is_unlisted
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Hit, Rule, leaping, words
from hue.guard.situations import MISSING

YOUNG = r"(?:1[0-7]|[5-9])"
FIRST = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\w)(?P<name>{NAME}),? (?:\(|aged )?{YOUNG}(?!\d|[:/.]\d|(?:st|nd|rd|th|am|pm)\b| [A-Z])",
        rf"(?<!\w)(?P<name>{NAME}), (?:an? |the )?{YOUNG}-year-old",
    )
)
# “Noah, 7, and Edie, 4”, “Tommo is 15”
ALONE = re.compile(
    r"(?P<name>(?!(?:He|She|It|One|This|That|They|Who|There|Here|Both)\b)[A-Z][a-z]+(?:-[A-Z][a-z]+)?)(?:,? (?:aged )?\(?(?:1[0-7]|[1-9])(?=[,.)]|$)(?![.:]\d)| (?:is|was|turned|who is|who was) (?:only |just )?(?:1[0-7]|[5-9])(?=[,.]| and))"
)
LAST = re.compile(rf"\b{YOUNG}-year-old (?:\w+ )?(?P<name>{NAME_WORD}(?: {NAME_WORD})?)")
ANIMAL = re.compile(
    r"\b(?:PD|[Dd]ogs?|[Pp]uppy|[Ss]paniel|[Ll]abrador|[Hh]orses?|[Cc]at|[Kk]itten|[Hh]andler|[Cc]ollie|[Tt]errier)\b"
)
CHILD = re.compile(r" is 1[0-7]$")
AGES = re.compile(r"(?<!\d)(?:1[0-7]|[1-9])(?![\d:.]\d|am|pm|th)")
CASE = words(
    "charged court sentenced convicted guilty victim attacked stabbed assaulted robbed trial "
    "arrested custody detention bail witness raped abused"
)


def find(reading: Reading) -> Iterator[Hit]:
    for field in reading.fields:
        named = (*_names(field.text), *_alone(field.text, reading.policy.given_names))
        for match in named if AGES.search(field.text) else ():
            if is_unlisted(match, reading):
                yield Hit(field, match.start("name"), match.end("name"))


def _names(text: str) -> Iterator[re.Match[str]]:
    for pattern in FIRST:
        yield from leaping(NAME_BEGINS, pattern, text)
    yield from LAST.finditer(text)


def _alone(text: str, given: frozenset[str]) -> Iterator[re.Match[str]]:
    """A first name and an age; a child may be called what nobody else is, a dog what anybody is."""
    for match in () if ANIMAL.search(text) else leaping(NAME_BEGINS, ALONE, text):
        if match["name"].lower() in given or (
            match.group()[-1].isdigit() and " is 1" in match.group()
        ):
            yield match


def _applies(reading: Reading) -> bool:
    return "missing" not in reading.text.words and reading.draft.kind != "appeal_missing"


RULE = Rule(
    id="LAW-3.unlisted",
    family="naming",
    severity=Severity.STOP,
    wrong="This looks like the name of somebody under 18 in a case.",
    right="Say “a 15-year-old boy”; no name.",
    source="Children and Young Persons Act 1933, section 49; Youth Justice and Criminal Evidence "
    "Act 1999, section 45",
    may_override=COMMAND,
    signs=CASE,
    when=_applies,
    find=find,
    caught=(
        "Jake Lowe, 15, was charged with robbery.",
        "15-year-old Jake Lowe appeared in court.",
        "Jake Lowe, a 16-year-old, was sentenced today.",
        "The victim, Mia Lowe (12), is safe.",
        "A man was arrested. Noah, 7, and Edie, 4, are safe.",
        "Mia Lowe, aged 9, was attacked by a dog.",
    ),
    let_through=(
        "A 15-year-old boy was charged with robbery.",
        "Jake Lowe, 25, was charged with robbery.",
        MISSING("Have you seen Mia Lowe, 14? She may be a victim."),
        "Crown Court, 10 December: the trial begins.",
        "A teenager was arrested. He is 14 and is with an adult.",
        "A man was charged after a crash on Bristol Road, 15 minutes after the call.",
    ),
)

"""A name in the words about an arrest that the desk did not list."""

import re
from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.names import NAME, NAME_BEGINS, NAME_WORD, TITLE, is_unlisted
from hue.guard.reading import Field, Reading
from hue.guard.rule import COMMAND, Hit, Rule, begun, leaping, words
from hue.guard.situations import CHARGED

HELD = (
    r"(?:arrested|bailed|detained|released|questioned|interviewed|held|in custody|being held"
    r"|being questioned|under investigation|under arrest|helping)"
)
# Each with words without which it finds nothing, where the name comes first; or that it begins with.
FIRST = tuple(
    (words(signs), re.compile(pattern))
    for signs, pattern in (
        ("0", rf"(?<!\w)(?P<name>{NAME}),? (?:\(|aged )?\d\d(?!\d|[:/.]\d| [A-Z])"),
        (
            "arrested bailed detained released questioned interviewed held custody investigation arrest helping",
            rf"(?<!\w)(?P<name>{NAME}),? (?:(?:has|have|had|is|was|were|been|being|now|also|today"
            rf"|who) ){{1,3}}(?:\w+ )?{HELD}\b",
        ),
    )
)
LAST = tuple(
    (words(signs), re.compile(pattern))
    for signs, pattern in (
        (
            "named identified known",
            rf"\b(?:named|identified|known)(?: \w+)? as (?P<name>{NAME})",
        ),
        (
            "arrested detained bailed questioning arrest nicked",
            rf"\b(?:[Aa]rrested|[Dd]etained|[Bb]ailed|[Qq]uestioning|[Aa]rrest of|[Nn]icked) "
            rf"(?P<name>{NAME})",
        ),
        (
            "suspect man woman individual person",
            rf"\b(?:suspect|man|woman|individual|person)(?: is|,| was|:)? (?:called |named )?"
            rf"(?P<name>{NAME})",
        ),
        (
            "mr mrs ms miss dr master",
            rf"\b{TITLE}\.? (?P<name>{NAME_WORD}(?: {NAME_WORD})?)",
        ),
    )
)


# “A woman from Cold Hanbury has been released.”
PLACE = re.compile(r"\b(?:from|in|at|near|of|to|around|outside|towards|the) $")


def find(reading: Reading) -> Iterator[Hit]:
    for field in reading.fields:
        for match in _names(field):
            before = field.text[: match.start("name")]
            if is_unlisted(match, reading) and not PLACE.search(before):
                yield Hit(field, match.start("name"), match.end("name"))


def _names(field: Field) -> Iterator[re.Match[str]]:
    for signs, pattern in FIRST:
        if not signs.isdisjoint(field.words):
            yield from leaping(NAME_BEGINS, pattern, field.text)
    for signs, pattern in LAST:
        yield from begun(pattern, field, signs, as_written=True)


RULE = Rule(
    id="PUB-2.unlisted",
    family="naming",
    severity=Severity.STOP,
    wrong="This looks like the name of somebody who is arrested and not charged.",
    right="Say gender, age and town. If the person is charged, enter the charge first.",
    source="College of Policing, APP Media and communications: arrests, charges and outcomes",
    may_override=COMMAND,
    when=lambda reading: reading.is_arrest,
    find=find,
    caught=(
        "John Carter, 34, has been arrested on suspicion of burglary.",
        "We arrested John Carter this morning.",
        "John Carter has been arrested.",
        "A man named locally as John Carter is in custody on suspicion of theft.",
        "Mr Carter was arrested at home.",
        "Arrested: a man, John O'Neill, on suspicion of theft.",
    ),
    let_through=(
        "A man, 34, was arrested in Selly Oak.",
        "PC John Carter arrested a man this morning.",
        "West Midlands Police have arrested a man.",
        "A woman from Cold Hanbury has been released under investigation.",
        "A man was arrested near Kings Heath Park, 20 minutes after the call.",
        CHARGED("John Carter, 34, has been charged with burglary."),
        "John Carter, 34, has been charged and is in custody.",
    ),
)

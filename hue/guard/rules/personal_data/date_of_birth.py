"""A date that is said to be somebody's birth."""

import re
from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Example, Hit, Rule, hits

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
DATE = (
    rf"(?:\d{{1,2}} ?[./\- ] ?\d{{1,2}} ?[./\- ] ?\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}"
    rf"|{DAY} (?:of )?{MONTH},? (?:19|20|')?\d\d|{MONTH} {DAY},? (?:19|20|')?\d\d|\d{{8}}"
    rf"|(?:the )?[a-z]{{3,6}}(?:-| )?[a-z]{{2,8}} (?:of )?{MONTH},? (?:(?:19|20)\d\d|nineteen|two thousand|twenty))"
)
BIRTH = re.compile(
    r"(?:\b(?:born(?: on| in \w+ on)?(?: the)?|birthday(?: (?:is|was|of|on|the))*)"
    r"|\b(?:d\.? ?o\.? ?b\.?|dates? of birth|birth ?date)(?: [a-z]+){0,6}?)"
    rf"[ :;,\-(=\n]{{0,4}}(?P<here>{DATE})(?!\d)"
)
BORN_BEFORE = re.compile(rf"(?P<here>{DATE}) ?[(,\-]? ?(?:d\.?o\.?b\.?|date of birth)\b")


def find(reading: Reading) -> Iterator[Hit]:
    for field in reading.fields:
        yield from hits(BIRTH, field)
        if not field.words.isdisjoint(("dob", "birth")) or "o.b" in field.lower:
            yield from hits(BORN_BEFORE, field)


RULE = Rule(
    id="DATA.date_of_birth",
    family="personal_data",
    severity=Severity.STOP,
    wrong="A date of birth identifies somebody, and opens their accounts.",
    right="Give the age in years.",
    source="Data protection principles: no more than the purpose needs (DP-2); PUB-3",
    may_override=COMMAND,
    signs=frozenset(("born", "dob", "birth", "b", "birthday", "birthdate")),
    find=find,
    caught=(
        "Missing: Sam Price, born 12/03/1987",
        "Sam Price, DOB 12.3.87",
        "date of birth: twelfth of March 1987",
        "date of birth: 12 March 1987",
        "Sam was born on the 3rd of March 1987",
        "Sam Price (d.o.b. 12-03-1987)",
        "The date of birth you gave us: 12/03/1987",
        "Date of birth inside is 12 March 1987",
        "His birth date: 9th Feb '05",
        Example("Minutes", {"file_names": ["custody_dob_12031987.txt"]}),
        Example("Poster", {"alt_texts": ["Poster: Sam, DoB 12/03/87"]}),
    ),
    let_through=(
        "Sam Price, 39, is missing",
        "The station was born in 1987",
        "Court on 12/03/2027",
        "Open day on 12 March 2027",
        "Our dog had puppies born last week",
        "The puppies born last week go home on 12 March 2027",
    ),
)

"""A date that is said to be somebody's birth."""

import re
from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Example, Hit, Rule, hits

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|"
    r"ionawr|chwefror|mawrth|ebrill|mai|mehefin|gorffennaf|awst|medi|hydref|tachwedd|rhagfyr)"
)
NTH = r"(?:[a-z]{3,8}(?:-| )?)?(?:first|second|third|[a-z]{2,6}th)"
YEAR = (
    r"(?:(?:19|20)\d\d|nineteen|two thousand|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
)
FEAST = r"(?:christmas|new year's|boxing|valentine's|midsummer|st [a-z]+'s|halloween) ?(?:eve|day)?"
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
D = r"[\doil]"
DATE = (
    rf"(?:{D} ?{D}? ?[./\- ] ?{D} ?{D}? ?[./\- ] ?{D} ?{D}(?: ?{D} ?{D})?|\d{{4}}[-/. ]\d{{2}}[-/. ]\d{{2}}"
    rf"|{DAY} (?:of )?{MONTH},? (?:19|20|')?\d\d|{MONTH} {DAY},? (?:19|20|')?\d\d|\d{{8}}|\d{{6}}(?!\d)"
    rf"|(?:the )?[a-z]{{3,6}}(?:-| )?[a-z]{{2,8}} (?:of )?{MONTH},? {YEAR}"
    rf"|(?:the )?{NTH} of the {NTH},? {YEAR}|{FEAST},? {YEAR})"
)
BIRTH = re.compile(
    r"(?:\b(?:born(?: on| in \w+ on)?(?: the)?(?: (?:mon|tues|wednes|thurs|fri|satur|sun)day,?)?(?: the)?|birthday(?:'s)?(?: (?:is|was|of|on|the))*|b\.(?= \d))"
    r"|\b(?:d[./]? ?o[./]? ?b\.?|dates? of birth|birth ?date)(?:,? [a-z]+){0,6}?)"
    rf"[ :;,\-(=\n]{{0,4}}(?P<here>{DATE})(?!\d)"
)
BORN_BEFORE = re.compile(
    rf"(?P<here>{DATE})[ (,\-]{{0,3}}(?:(?:[a-z]+'s|on [a-z]+|is|as|was|that|for|the|a|her|his|their) ){{0,4}}"
    r"(?:d\.?o\.?b\.?|date of birth|birth ?date|birthday)\b"
)


# “02/06/2009” in the search for somebody, “14 August 2005 on the licence”: long ago, so of a birth
BARE = re.compile(
    rf"(?<![\d/.-])(?P<here>\d{{1,2}}[./-]\d{{1,2}}[./-](?:19[2-9]\d|200\d|201[0-9])|{DAY} (?:of )?{MONTH},? (?:19[2-9]\d|200\d|201[0-9]))(?![\d/-])"
)
PAPERS = frozenset({"licence", "passport", "id", "wristband", "surname"})


def find(reading: Reading) -> Iterator[Hit]:
    for field in reading.fields:
        yield from hits(BIRTH, field)
        if reading.draft.kind == "appeal_missing" or not PAPERS.isdisjoint(field.words):
            yield from hits(BARE, field)
        if (
            not field.words.isdisjoint(("dob", "birth", "birthday", "birthdate"))
            or "o.b" in field.lower
        ):
            yield from hits(BORN_BEFORE, field)


RULE = Rule(
    id="DATA.date_of_birth",
    family="personal_data",
    severity=Severity.STOP,
    wrong="A date of birth identifies somebody, and opens their accounts.",
    right="Give the age in years.",
    source="Data protection principles: no more than the purpose needs (DP-2); PUB-3",
    may_override=COMMAND,
    signs=PAPERS
    | frozenset(
        (
            "missing",
            "hasn",
            "safe",
            "seen",
            "found",
            "born",
            "dob",
            "birth",
            "b",
            "birthday",
            "birthdate",
        )
    ),
    find=find,
    caught=(
        "Missing: Sam Price, born 12/03/1987",
        "Sam Price, DOB 12.3.87",
        "date of birth: twelfth of March 1987",
        "date of birth: 12 March 1987",
        "14 August 2005 on the licence, so he may drive",
        "Sam was born on the 3rd of March 1987",
        "Sam Price (d.o.b. 12-03-1987)",
        "The date of birth you gave us: 12/03/1987",
        "Date of birth inside is 12 March 1987",
        "His birth date: 9th Feb '05",
        "Her DOB, as you asked, is 7.6.97",
        "She was born 11 Awst 1949",
        "His birthday: Christmas Eve, two thousand and ten",
        "Born fourteenth of the eleventh, twenty sixteen",
        "20 July 1938, that is Arthur's birthday",
        "DOB 2 3 / 1 1 / 1 9 7 4",
        "Sam Price, d/o/b 12/03/1987",
        "Sam Price, dob 120387",
        "Sam was born on Thursday 12 March 1987",
        "I only needed the surname and 12th August 1961",
        "Her birthday is o8-1O-I991",
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

"""Ethnicity, nationality and immigration status of a suspect need a recorded purpose."""

import re
from collections.abc import Iterator
from functools import lru_cache

from hue.guard.finding import Severity
from hue.guard.reading import Reading
from hue.guard.rule import Hit, Rule, words
from hue.guard.situations import ARRESTED, PURPOSE

STATUS = (
    r"asylum seekers?|illegal (?:im)?migrants?|(?:im)?migrants?|refugees?|overstay(?:er|ed)|"
    r"here illegally|in the (?:uk|country) illegally|immigration status|foreign nationals?|"
    r"on an? (?:\w+ )?visa|(?:to be|be|being|faces|facing) deport(?:ed|ation)|leave to remain|right to remain|failed asylum|"
    r"came here (?:on|by) (?:a )?(?:small )?boat|arrived (?:on|by) (?:a )?small boat|small boat arrivals?"
)
PEOPLE = (
    r"(?:man|woman|men|women|male|males|female|females|nationals?|boys?|girls?|teenagers?|youths?|"
    r"suspects?|gang|lads?|citizens?|origin|heritage|descent|background|community|born|people|"
    r"individuals?|driver|couple|pair|brothers)"
)


@lru_cache(maxsize=8)
def _pattern(nationalities: tuple[str, ...]) -> re.Pattern[str]:
    those = "|".join(sorted(map(re.escape, nationalities), key=len, reverse=True))
    aged = r"(?:(?:\d\d-year-old|british|young|adult) )?"
    return re.compile(
        rf"\b(?:(?:{those})[ -]{aged}{PEOPLE}|{STATUS}"
        rf"|(?:is|are|was|were|as|both|all|them|being|originally|\d\d,|year-old) (?:an? )?(?:{those})(?! (?:car|van|coat|top|hood|t-s|jac))"
        rf"(?=[ ,.]|$))(?!\w)"
    )


@lru_cache(maxsize=8)
def _signs(nationalities: tuple[str, ...]) -> frozenset[str]:
    """A word of each, without which the pattern finds nothing."""
    return words(" ".join(nationalities).replace("-", " ")) | words(
        "asylum illegal illegally migrant migrants immigrant immigrants refugee refugees overstayer overstayers "
        "overstayed immigration foreign visa deport deported deportation remain boat arrivals"
    )


def find(reading: Reading) -> Iterator[Hit]:
    if any(person.ethnicity_purpose for person in reading.draft.persons):
        return
    pattern = _pattern(reading.policy.nationalities)
    signs = _signs(reading.policy.nationalities)
    for field in reading.fields:
        for match in () if signs.isdisjoint(field.words) else pattern.finditer(field.lower):
            if "descri" not in field.lower[max(0, match.start() - 60) : match.start() + 3]:
                yield Hit(field, match.start(), match.end())


def _applies(reading: Reading) -> bool:
    return reading.is_active and not reading.draft.kind.startswith("appeal")


RULE = Rule(
    id="PUB-7",
    family="naming",
    severity=Severity.SECOND,
    wrong="This tells ethnicity, nationality or immigration status without a recorded purpose.",
    right="Leave it out, or record the policing purpose and who decided.",
    source="College of Policing and NPCC, guidance on disclosing suspects' details (2025)",
    when=_applies,
    find=find,
    caught=(
        ARRESTED("A Romanian man is in custody."),
        ARRESTED("An Asian 34-year-old man is in custody."),
        ARRESTED("The suspect is an asylum seeker."),
        "A Polish national has been arrested.",
        "Two men have been arrested, both of them Eritrean.",
        "A white man, 34, has been arrested.",
        ARRESTED("The man arrested is here on a student visa."),
    ),
    let_through=(
        PURPOSE("A white British man is in custody."),
        "We want to find a white man in his 20s.",
        "A man was arrested. A second man is described as white and slim.",
        "A man in a black coat was arrested.",
        "A white van was stopped and the driver arrested.",
    ),
)

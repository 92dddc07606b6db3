"""NHS numbers: ten digits that keep a sum, or any ten that are said to be one."""

import re
from collections.abc import Iterator

from hue.guard import digits
from hue.guard.finding import Severity
from hue.guard.reading import LONG_NUMBER, Reading
from hue.guard.rule import COMMAND, Example, Hit, Rule, words

NUMBER = re.compile(r"\d(?<![\d+/.\-].)(?:[ .,_)/\-]{0,3}\d){9}(?![\d/])")
CARE = words(
    "hospital ward patient wristband bracelet surgery clinic doctor doctor's gp nurse pharmacy pharmacist "
    "pharmacists chemist prescription tablets pill pills medication medicine medical inhaler insulin dose "
    "sticker health casualty casualty's mum mum's baby letter ambulance "
    "transplant maternity midwife appointment jab vaccination bloods biopsy referral outpatient outpatients"
)
GROUPED = re.compile(r"\d{3}[ ./\-]\d{3}[ ./\-]\d{4}")


def find(reading: Reading) -> Iterator[Hit]:
    for field in reading.fields:
        text = field.numbers.text
        for match in NUMBER.finditer(text):
            is_spelled = match.group() not in field.text
            said = _is_said(text, match) or (is_spelled and "nhs" in field.words)
            likely = (
                GROUPED.fullmatch(match.group())
                or not field.words.isdisjoint(CARE)
                or field.name.startswith("file_names")
            )
            # “2024 41, 2025 38”: a list of numbers
            is_other = match.group().startswith("0") or (", " in match.group() and not is_spelled)
            if said or (likely and not is_other and digits.nhs(digits.only(match.group()))):
                yield Hit(field, match.start(), match.end(), in_numbers=True)


def _is_said(text: str, match: re.Match[str]) -> bool:
    if match.group().startswith("0"):
        return digits.labelled(text, match.start(), "nhs n", within=16)
    after = text[match.end() : match.end() + 25].lower()
    return "nhs" in after or digits.labelled(text, match.start(), "nhs", "patient", "hospital n")


RULE = Rule(
    id="DATA.nhs_number",
    family="personal_data",
    severity=Severity.STOP,
    wrong="This is an NHS number.",
    right="Take it out; nobody needs it in public.",
    source="Data protection principles: no more than the purpose needs (DP-2)",
    may_override=COMMAND,
    signs=frozenset((LONG_NUMBER,)),
    find=find,
    caught=(
        "His NHS number is 943 476 5919",
        "943 476 5919 was on the wristband",
        "Patient 9434765919 left the ward",
        "943 476 5918 is her NHS number",
        "Wristband 943-476-5919",
        "The bag of tablets says 9434 765 919",
        "A nurse lost 9 4 3 4 7 6 5 9 1 9",
        "NHS no. nine four three four seven six five nine one nine",
        Example("Wristband", {"captions": ["401 023 2137"]}),
    ),
    let_through=(
        "Ring 111 for NHS advice",
        "Reference 943 476 5918",
        "We had 943 calls, 476 of them at night",
        "Crime reference 9434765919",
        "A nurse rang us, reference 9434765918",
        "At the hospital: 2024 41, 2025 38",
        "The NHS gave 1200 jabs",
    ),
)

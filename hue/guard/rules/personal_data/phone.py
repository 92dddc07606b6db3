"""Telephone numbers of people: United Kingdom, and others written with their country."""

import re
from collections.abc import Iterator

from hue.guard import digits
from hue.guard.finding import Severity
from hue.guard.reading import LONG_NUMBER, Field, Reading
from hue.guard.rule import COMMAND, Example, Hit, Rule, leaping, words

G = digits.GAP
PHONE = re.compile(
    rf"(?<![\d£$€/#])(?<!\d[.,:])(?:44{G}(?P<mobile>7(?:{G}\d){{9}})|(?:\+|00){G}4{G}4{G}(?:0{G})?(?P<home>\d(?:{G}\d){{8,9}})"
    rf"|\(?0{G}(?P<here>[1-9](?:{G}\d){{8,9}})"
    rf"|(?:\+|00){G}(?P<abroad>[1-9](?:{G}\d){{7,13}}))(?!\d|/\d\d)"
)
PHONE_BEGINS = re.compile(r"[\d+(](?<![\d£$€/#].)(?<!\d[.,:].)")
# Without its nought: “ring 121 496 0123”.
SHORT = re.compile(rf"(?P<here>[127](?<![\d£$€/#.,:+\-].)(?:{G}\d){{9}})(?!\d|/\d)")
RING = re.compile(
    r"\b(?:ring|rings|call|calls|text|texts|phone|telephone|tel|mob|mobile|whatsapp|message|contact|dial|reach|get"
    r"|landline|number|numbers)\b[^\d]{0,40}$"
)
RINGING = words(
    "ring rings call calls text texts phone telephone tel mob mobile whatsapp message contact dial reach get landline "
    "number numbers"
)
NO_PHONE = re.compile(
    r"\b(?:ref|reference|log|crime|incident|order|case|account|exhibit|nhs)\b[^\d]{0,30}$"
)
DATE = re.compile(r"\(?\d{1,2}[.\-/](?:0?[1-9]|1[0-2])[.\-/](?:19|20)?\d\d(?!\d|[.\-/]\d)")
OF_A_YEAR = re.compile(r"\*|\d/\d{2}$")
BY_OURS = re.compile(r"\b101[, (]{1,2}(?:ref\w* )?\d|\d (?:on|to) 101\b")
# 03, 08 and 09 are services, never a person.
PERSONAL = re.compile(r"[12]\d{8,9}|[57]\d{9}")


def find(reading: Reading) -> Iterator[Hit]:
    own = (*reading.policy.public_numbers, *reading.policy.own_numbers, *reading.draft.own_numbers)
    for field in reading.fields:
        for match in leaping(PHONE_BEGINS, PHONE, field.numbers.text):
            if _is_personal(match, own):
                yield Hit(field, match.start(), match.end(), in_numbers=True)
        if field.numbers is not field.folded or not field.words.isdisjoint(RINGING):
            for match in SHORT.finditer(field.numbers.text):
                if _is_rung(match, field) and _is_personal(match, own):
                    yield Hit(field, match.start(), match.end(), in_numbers=True)


def _is_rung(match: re.Match[str], field: Field) -> bool:
    """After a word such as “ring”, or spelled out: nobody spells a reference out."""
    before = match.string[max(0, match.start() - 60) : match.start()].lower()
    is_spelled = match.group() not in field.text
    return bool(is_spelled or RING.search(before)) and not NO_PHONE.search(before)


def _is_reference(match: re.Match[str]) -> bool:
    """“101, 01/4960123/26”: a reference ends with its year, or stands beside our number."""
    beside = match.string[max(0, match.start() - 9) : match.end() + 8]
    by_ours = match.group().startswith("101") or BY_OURS.search(beside) is not None
    return OF_A_YEAR.search(match.group()) is not None or (by_ours and match.group()[0] != "0")


def _is_personal(match: re.Match[str], own: tuple[str, ...]) -> bool:
    if DATE.match(match.group()) or match.group().count(",") > 3 or _is_reference(match):
        return False
    said = match.groupdict()
    if said.get("abroad"):
        return True
    number = digits.only(said["here"] or said["home"] or said["mobile"])
    known = any(digits.is_one_of(f"{lead}{number}", own) for lead in ("0", "44"))
    return PERSONAL.fullmatch(number) is not None and not known


RULE = Rule(
    id="DATA.phone",
    family="personal_data",
    severity=Severity.STOP,
    wrong="This is somebody's telephone number.",
    right="Give 101, 999 or a number of the force's own.",
    source="Data protection principles: no more than the purpose needs (DP-2)",
    may_override=COMMAND,
    signs=frozenset((LONG_NUMBER,)),
    find=find,
    caught=(
        "Lost dog found in Kings Heath. Ring Dave on 07700 900123.",
        "Call the owner: 0121 496 0123",
        "Text +44 (0)7700 900 456 if you saw it",
        "Her number is oh seven seven double oh nine double oh one two three",
        "Message me on O77OO 9OO123",
        "Ring 07.700-900.123 tonight",
        "Reach him on oh seven seven double oh, nine hundred, three one two",
        "Ring 07700/900/123",
        "Text Abdul: 07700\n900 123",
        "Ring plus four four, seven seven double-oh, nine double-oh, one two three",
        "Ring 077\u200b00 900\u200b123",
        "Ring 07700 900123",
        "Ring 07.70.09.00.12.3",
        "Ring O77OO 9OO 12I",
        "Ring oh one two one... four nine six... oh one treble two",
        "Ring 121 496 0123 and ask for Dan",
        "Ring plus four four, seventy-seven hundred, nine hundred, oh six four",
        "Ring oh seven seven hundred, nine double oh, one twenty three",
        "Dial seven-seven-double-zero-nine-double-zero-five-two-eight after the nought",
        "Text seven seven zero zero, nine hundred, one two three",
        "His number is zero-seven-seven-zero-zero / nine-zero-zero / one-two-three",
        "Her number: O-one-two-one 496 O12O",
        "Ring his mother in Ireland, +353 87 123 4567",
        Example("See the picture", {"alt_texts": ["A note that says 07700 900123"]}),
    ),
    let_through=(
        "Call 101, or 999 in an emergency.",
        "Crimestoppers: 0800 555 111. Samaritans: 116 123.",
        "Quote log 1432 of 21/11/2026.",
        "Crime reference 20/123456/26.",
        "Ring 101 with 01/712345/26.",
        "Ring 101, 26*46120, tonight.",
        "Number 2600281144 on 101.",
        "Call us with the reference 1214960123.",
        "Open 01.02.2026 10.30 to 12.30",
        "The A38 is closed until 0730 on 01-12-2026.",
        Example("Our desk: 0121 496 0999", {"own_numbers": ["0121 496 0999"]}, "our own number"),
        "One two three, the lights are green.",
    ),
)

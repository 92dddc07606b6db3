"""E-mail addresses, plain or written out with “at” and “dot”."""

import re
from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Example, Hit, Rule

EMAIL = re.compile(
    r"(?<![\w.+\-])[\w.+'\-]{1,64} ?[\[({<]?@[\])}>]?[ \n]?(?P<domain>[a-z\d\-]{1,63}(?:\.[a-z\d\-]{1,63}){1,5})"
)
DOT = r"(?: ?\. ?| ?[\[({<*_] ?dot ?[\])}>*_] ?| dot |-dot-)"
JOIN = rf"(?:{DOT}| (?:underscore|hyphen|dash|minus) )"
ENDINGS = (
    "com",
    "uk",
    "org",
    "net",
    "info",
    "co",
    "eu",
    "ie",
    "io",
    "biz",
    "scot",
    "wales",
    "cymru",
)
SPOKEN = re.compile(
    rf"(?<![\w.+\-])[\w.+\-]{{1,40}}(?:{JOIN}\w{{1,40}}){{0,3}}(?: ?[\[({{<*_] ?at ?[\])}}>*_] ?| at |-at-| ?@ ?| ?\((?:a|@)\) ?)"
    rf"(?P<domain>[a-z\d\-]{{2,40}}(?:{JOIN}(?:[a-z\d\-]{{2,20}})){{0,2}}"
    rf"{DOT}(?:{'|'.join(ENDINGS)})(?:{DOT}uk)?)(?!\w)"
)
# “dave at gmail com”: the great houses, without their dot.
HOUSES = re.compile(
    r"(?<![\w.+\-])[\w.]{2,40} at (?P<domain>(?:gmail|hotmail|outlook|yahoo|icloud|btinternet|aol) "
    r"(?:com|co uk|uk))(?!\w)"
)
SAID_DOT = re.compile(DOT)


def find(reading: Reading) -> Iterator[Hit]:
    own = {address.lower() for address in reading.draft.own_emails}
    for field in reading.fields:
        for pattern in _patterns(field.words):
            for match in pattern.finditer(field.lower):
                domain = SAID_DOT.sub(".", match["domain"])
                address = f"{match.group().split('@')[0].strip()}@{domain}"
                if not _is_ours(domain, reading.policy.own_email_endings) and address not in own:
                    yield Hit(field, match.start(), match.end())


def _patterns(words: set[str]) -> Iterator[re.Pattern[str]]:
    if "@" in words:
        yield EMAIL
    if not words.isdisjoint(ENDINGS):
        yield SPOKEN
        yield HOUSES


def _is_ours(domain: str, endings: tuple[str, ...]) -> bool:
    return any(domain == ending or domain.endswith(f".{ending}") for ending in endings)


RULE = Rule(
    id="DATA.email",
    family="personal_data",
    severity=Severity.STOP,
    wrong="This is somebody's e-mail address.",
    right="Give an address of the force's own, or the contact form.",
    source="Data protection principles: no more than the purpose needs (DP-2)",
    may_override=COMMAND,
    signs=frozenset(("@", *ENDINGS)),
    find=find,
    caught=(
        "Write to dave.holloway@brumbox.co.uk",
        "Contact DAVE@BRUMBOX.COM please",
        "dave dot holloway at brumbox dot co dot uk",
        "Mail dave [at] brumbox [dot] com",
        "Mail dave (a) brumbox (dot) com",
        "Mail dave at gmail com",
        "Mail dave-at-brumbox-dot-com",
        "Mail big underscore dave at brum hyphen box dot co dot uk",
        "Mail d.a.v.e@brumbox dot com",
        "Mail dave@\nbrumbox.com",
        "Mail dave(a)brumbox.scot",
        "Mail dave＠brumbox．com",
        "Mail dаve@brumbox.com",  # a Cyrillic letter
        Example("Poll", {"poll_options": ["Write to jo@brumbox.com"]}),
    ),
    let_through=(
        "Write to northfield.npt@westmidlands.police.uk",
        "Follow @NorthfieldWMP",
        "Meet us at St Mary's Church at 7pm.",
        "Meet at 10 at the dot on the map.",
        Example("Write to desk@brumbox.com", {"own_emails": ["desk@brumbox.com"]}, "our own"),
        "More at westmidlands.police.uk",
    ),
)

"""E-mail addresses, plain or written out with “at” and “dot”."""

import re
from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Example, Hit, Rule, words

EMAIL = re.compile(
    r"(?<![\w.+\-@])[\w.+'\-]{0,63}[\w+'\-](?:\.(?=@))? ?[\[({<]?@{1,2}[\])}>]?[ \n]?(?P<domain>[a-z\d\-]{1,63}(?:(?:\.|[\[(]\.[\])]|,(?=(?:com|net|co|org|uk)\b))[a-z\d\-]{1,63}){1,5})"
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
    rf"(?P<domain>(?!www\b)[a-z\d\-]{{2,40}}(?:{JOIN}(?:[a-z\d\-]{{2,20}})){{0,2}}"
    rf"{DOT}(?:{'|'.join(ENDINGS)})(?:{DOT}uk)?)(?!\w)"
)
# “dave at gmail com”: the great houses, without their dot.
HOUSES = re.compile(
    r"(?<![\w.+\-])[\w.]{2,40} at (?P<domain>(?:gmail|hotmail|outlook|yahoo|icloud|btinternet|aol) "
    r"(?:com|co uk|uk))(?!\w)"
)
HOUSE_NAMES = (
    "gmail",
    "hotmail",
    "outlook",
    "yahoo",
    "icloud",
    "btinternet",
    "aol",
    "live.",
    "proton",
)
# “colin underscore beech, at symbol, brumbox, point, org”
ALOUD_DOT = r",? (?:dot|point|full ?stop),? "
ALOUD = re.compile(
    rf"(?<![\w.+\-])[\w.+\-]{{1,40}}(?:,? (?:underscore|hyphen|dash|minus|dot|point) \w{{1,40}}){{0,3}},? "
    rf"[(\[\-]?at(?: sign| symbol)?[)\]\-]?,? (?P<domain>(?!(?:one|this|that|some|the|which|what|any|a)\b)[a-z\d\-]{{2,40}}"
    rf"(?:{ALOUD_DOT}[a-z\d\-]{{2,20}}){{0,2}}{ALOUD_DOT}(?:com|org|net|co|uk|me|london|online|email|shop|dev|app|tv|live|club))(?!\w)"
)
ALOUD_WORDS = words("dot point stop fullstop")
SAID_DOT = re.compile(rf"[\[(]\.[\])]|{DOT}|{ALOUD_DOT}")


def find(reading: Reading) -> Iterator[Hit]:
    own = {address.lower() for address in reading.draft.own_emails}
    for field in reading.fields:
        for pattern in _patterns(field.words):
            for match in pattern.finditer(field.lower):
                domain = SAID_DOT.sub(".", match["domain"])
                address = f"{match.group().split('@')[0].strip()}@{domain}"
                is_open = _is_an_office_s(address, domain, reading.policy.given_names)
                is_own = _is_ours(domain, reading.policy.own_email_endings) or address in own
                is_a_site = pattern is SPOKEN and _is_a_site(match)
                if not (is_own or is_open or is_a_site):
                    yield Hit(field, match.start(), match.end())


def _patterns(said: set[str]) -> Iterator[re.Pattern[str]]:
    if "@" in said:
        yield EMAIL
    if not said.isdisjoint(ENDINGS):
        yield SPOKEN
        yield HOUSES
    if "at" in said and not said.isdisjoint(ALOUD_WORDS):
        yield ALOUD


# An office's, of a public body or a charity: “info@”, “schoolstreets@leighford.gov.uk”
ROLES = words(
    "info enquiries contact hello help report office admin team events bookings customerservices customer support mail reception secretary "
    "press media volunteering volunteer feedback safeguarding alerts news council fundraising foodbank donations"
)
OFFICES = (
    "line",
    "support",
    "team",
    "help",
    "desk",
    "office",
    "club",
    "centre",
    "group",
    "enquiries",
)
PUBLIC = (".gov.uk", ".org.uk", ".nhs.uk", ".ac.uk", ".sch.uk", ".org")


def _is_an_office_s(address: str, domain: str, names: frozenset[str]) -> bool:
    """Of a public body any that is no person's; of a charity what is called so."""
    local = address.partition("@")[0]
    is_somebody_s = not local.isalpha() or local in names
    is_office_s = local in ROLES or local.endswith(OFFICES) or domain.endswith(".gov.uk")
    return domain.endswith(PUBLIC) and is_office_s and not is_somebody_s


# “Sign up by ward at ourwatch.org.uk”: a plain word, and a domain as it is typed.
SITE = re.compile(r"[a-z]+ at [a-z\d\-]+(?:\.[a-z\d\-]+)+")
MAILED = re.compile(
    r"\b(?:e-?mail|mail|write|contact|message|reach|address|ping|drop)\b[^.!?]{0,30}$"
)


def _is_a_site(match: re.Match[str]) -> bool:
    if not SITE.fullmatch(match.group()) or match["domain"].startswith(HOUSE_NAMES):
        return False
    return MAILED.search(match.string, max(0, match.start() - 60), match.start()) is None


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
    signs=frozenset(("@", *ENDINGS, *ALOUD_WORDS)),
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
        "Mail dave underscore h, at symbol, brum-box, point, org",
        "Mail dave at sign brumbox dot me",
        "Mail dave[@]brumbox[.]com",
        "Mail dаve@brumbox.com",  # a Cyrillic letter
        Example("Poll", {"poll_options": ["Write to jo@brumbox.com"]}),
    ),
    let_through=(
        "Write to northfield.npt@westmidlands.police.uk",
        "Follow @NorthfieldWMP",
        "Passed on from @library@social.example",
        "Queries to schoolstreets@leighford.gov.uk",
        "The food bank, info@brumfood.org.uk, is open",
        "Meet us at St Mary's Church at 7pm.",
        "Meet at 10 at the dot on the map.",
        "We arrived at one point, com services were down.",
        Example("Write to desk@brumbox.com", {"own_emails": ["desk@brumbox.com"]}, "our own"),
        "More at westmidlands.police.uk",
        "Sign up for news of your ward at ourwatch.org.uk",
    ),
)

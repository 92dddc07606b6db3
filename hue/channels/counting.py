"""How long a text is: each network counts in a way of its own."""

import re

import regex

_LINK = re.compile(r"https?://\S+")
LINK_LENGTH = 23  # of any link, on Mastodon and X
# https://docs.x.com/fundamentals/counting-characters: these count one, all others two.
_LIGHT = ((0x0000, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))
_EMOJI = regex.compile(r"\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3")
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWICE = frozenset("^{}\\[~]|€")


def characters(text: str) -> int:
    return len(text)


def graphemes(text: str) -> int:
    """What people see as one letter. https://atproto.com/specs/lexicon#string"""
    return len(_graphemes(text))


def with_short_links(text: str) -> int:
    """https://docs.joinmastodon.org/user/posting/#text: graphemes, a link counts as 23 of them."""
    links = _LINK.findall(text)
    return graphemes(_LINK.sub("", text)) + LINK_LENGTH * len(links)


def weighted(text: str) -> int:
    """As X counts: emoji and most scripts beyond Latin, Greek, Cyrillic … weigh double."""
    links = _LINK.findall(text)
    seen = _graphemes(_LINK.sub("", text))
    return sum(map(_weight, seen)) + LINK_LENGTH * len(links)


def utf16(text: str) -> int:
    """As Telegram counts. https://core.telegram.org/api/entities#entity-length"""
    return len(text.encode("utf-16-le")) // 2


def emoji_as_bytes(text: str) -> int:
    """As Threads counts. https://developers.facebook.com/docs/threads/overview#limitations"""
    return sum(len(g.encode()) if _EMOJI.search(g) else len(g) for g in _graphemes(text))


def septets(text: str) -> int:
    """As mobile networks count: 306 are two parts; with any other sign only 134 of them are.

    https://www.notifications.service.gov.uk/pricing/text-messages
    """
    if all(c in _GSM or c in _GSM_TWICE for c in text):
        return len(text) + sum(c in _GSM_TWICE for c in text)
    return -(-utf16(text) * 306 // 134)


def _weight(grapheme: str) -> int:
    if _EMOJI.search(grapheme):
        return 2
    return sum(1 if any(a <= ord(c) <= b for a, b in _LIGHT) else 2 for c in grapheme)


def _graphemes(text: str) -> list[str]:
    found: list[str] = regex.findall(r"\X", text)
    return found

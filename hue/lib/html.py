"""Words of people as safe HTML."""

import html
import re

import nh3

_LINK = re.compile(r"(?<![\w@])https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")
_TAG = re.compile(r"(?<![\w&/])#(\w{2,60})")
_BREAK = re.compile(r"<br\s*/?>|</p>", re.IGNORECASE)
# Direction marks and overrides can make a line read as something else.
_DIRECTION = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad"))


def plain(text: str) -> str:
    """The words without what cannot be seen: control, zero-width and direction characters.

    The zero-width joiner stays, emoji and several scripts need it.
    """
    text = text.replace("\r\n", "\n").translate(_DIRECTION).translate(_INVISIBLE)
    return "".join(c for c in text if c == "\n" or c.isprintable() or c == "\u200d").strip()


def words_of(page: str) -> str:
    """What HTML of somebody else says, as plain words with its line breaks."""
    broken = _BREAK.sub("\n", page)
    bare = nh3.clean(broken, tags=set(), clean_content_tags={"script", "style"})
    return plain(html.unescape(bare).replace("\xa0", " "))


def to_html(text: str, *, tag_url: str = "/events/{}/", tags: frozenset[str] = frozenset()) -> str:
    """Escaped, with links, line breaks, and those hashtags linked that are in `tags`."""
    escaped = html.escape(text)
    linked = _LINK.sub(lambda m: f'<a href="{m[0]}" rel="nofollow noopener">{m[0]}</a>', escaped)

    def tag(match: re.Match[str]) -> str:
        name = match[1].lower()
        return f'<a href="{tag_url.format(name)}">#{match[1]}</a>' if name in tags else match[0]

    return _TAG.sub(tag, linked).replace("\n", "<br>")

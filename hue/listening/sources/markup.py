"""HTML as the words that people read."""

import html
import re

_BREAK = re.compile(r"(?i)<(?:br|/p|/div|/li)\b[^>]{0,200}>")
_TAG = re.compile(r"<[^>]{0,2000}>")


def words(markup: str) -> str:
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", markup))).strip()

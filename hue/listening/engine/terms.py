"""What a post and an answered claim are compared by: words, beginnings of words, parts of tags."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from hue.listening.engine.words import READ, STOP, stem

COVERED = 0.6  # of the letters of a tag, that the words found in it must have
_SHORTEST, _LONGEST = 3, 14  # letters of a word that is looked for in a tag
_LONGEST_TAG = 40
_REMEMBERED = 50_000
_BEGINNING = 5

_TERM = re.compile(r"[@#]?\w+(?:'\w+)?")
_LINK = re.compile(r"(?:https?:/?/?|www\.|pic\.twitter\.com/)(\S*)|&\w{2,6};")
_SLUG = re.compile(r"[a-z\d]+(?:-[a-z\d]+){2,}")


def cut(folded: str) -> list[str]:
    """The words of a plain text and, of links, what their addresses say; tags keep their mark."""
    return _TERM.findall(_LINK.sub(_said, folded[:READ]))


def _said(link: re.Match[str]) -> str:
    return f" {' '.join(_SLUG.findall(link[1] or '')).replace('-', ' ')} "


@lru_cache(maxsize=_REMEMBERED)
def forms(word: str) -> tuple[str, ...]:
    """A word as it is compared: its stem, and the beginning of that, marked; of small words
    nothing."""
    if word in STOP or len(word) == 1:
        return ()
    whole = stem(word)
    return whole, f"{whole[:_BEGINNING]}*"


class Tags:
    """Hashtags and names of accounts taken apart: “#blacklivesmatter” says what “black lives
    matter” says, where these words are known from claims."""

    def __init__(self) -> None:
        self._known: Counter[str] = Counter()
        self._parts: dict[str, tuple[str, ...]] = {}

    def know(self, words: Iterable[str]) -> None:
        self._known.update(words)
        self._parts.clear()

    def forget(self, words: Iterable[str]) -> None:
        self._known -= Counter(words)
        self._parts.clear()

    def open(self, words: Iterable[str]) -> list[str]:
        return [part for word in words for part in self._open(word)]

    def _open(self, word: str) -> tuple[str, ...]:
        if word[0] not in "@#":
            return (word,)
        parts = self._parts.get(word)
        if parts is None:
            if len(self._parts) >= _REMEMBERED:
                self._parts.clear()
            parts = self._parts[word] = self._apart(word[1:])
        return parts

    def _apart(self, tag: str) -> tuple[str, ...]:
        """As few known words and letters left over as can be; the tag itself if these are many."""
        if len(tag) > _LONGEST_TAG:
            return (tag,)
        best: list[tuple[int, tuple[str, ...]]] = [(0, ())]
        for end in range(1, len(tag) + 1):
            cost, parts = best[end - 1]
            cost += 1
            for start in range(max(0, end - _LONGEST), end - 1):
                part = tag[start:end]
                if best[start][0] + 1 < cost and self._is_word(part):
                    cost, parts = best[start][0] + 1, (*best[start][1], part)
            best.append((cost, parts))
        parts = best[-1][1]
        return parts if sum(map(len, parts)) >= COVERED * len(tag) else (tag,)

    def _is_word(self, part: str) -> bool:
        is_known = len(part) >= _SHORTEST and part in self._known
        return (is_known or part in STOP) and not part.isdecimal()

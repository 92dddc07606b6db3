"""A text as the engine reads it: disguises taken off, words cut and counted.

Numbers are words of their own when meaning is compared, and nothing when copies are: “3 shot” and
“5 shot” are two things to say, and one text sent twice with a number changed.
"""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from xxhash import xxh32_intdigest, xxh64_intdigest

from hue.guard.fold import seen

READ = 4000  # characters that are compared; risks are looked for in all of them

_NOISE = re.compile(r"https?:/?/?\S*|www\.\S+|\bpic\.twitter\.com/\S+|@\w+|^\s*rt\b:?|&\w{2,6};")
_WORD = re.compile(r"\w+(?:'\w+)?")
_ENDINGS = re.compile(r"(?:'s|s')$")
_MOST_WORDS = 50_000  # kept folded, so that most words are looked up

STOP = frozenset(
    re.findall(
        r"\S+",
        """a about after again all also am an and any are as at be because been before being but by
        can cant could did didnt do does doesnt dont down for from get go going got had has have
        having he her here hers him his how i if im in into is isnt it its ive just let like
        lol me more most my no not now of off oh ok on one only or our out over own please
        re really rt s said same say says she should so some still such t than that thats
        the their them then there these they this those through to too u up us very via was
        wasnt we were what when where which while who whom why will with wont would yeah you
        your youre ya yes yet don't can't won't it's i'm i've isn't that's there's he's
        she's we're they're you're didn't doesn't wasn't amp gt lt""",
    )
)


class Words(NamedTuple):
    """`plain`: small letters, disguises off. `words`: all of them. `said`: those that carry
    meaning, as numbers, each once. `copy`: the same for texts that differ in numbers, links,
    emoji and capitals alone."""

    plain: str
    words: tuple[str, ...]
    said: tuple[int, ...]
    copy: int


class _Seen(dict[int, str]):
    """For `str.translate`: each character is folded once."""

    def __missing__(self, code: int) -> str:
        folded = seen(chr(code))
        if len(self) < _MOST_WORDS:
            self[code] = folded
        return folded


class _Known(dict[str, int]):
    """The number of each word; 0 for words that say nothing, negative for numbers."""

    def __missing__(self, word: str) -> int:
        number = _number(word)
        if len(self) >= _MOST_WORDS:
            self.clear()
        self[word] = number
        return number


def _number(word: str) -> int:
    if word in STOP or len(word) == 1:
        return 0
    hashed = xxh32_intdigest(stem(word).encode("utf-8")) or 1
    return -hashed if word.isdecimal() else hashed


_seen = _Seen()
_known = _Known()


def stem(word: str) -> str:
    """Roughly: shots, shooting → shot-, shoot. One way for all, so that it need not be right."""
    word = _ENDINGS.sub("", word)
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word[-1] == "s" and word[-2] not in "su":
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            word = word[: -len(ending)]
            return word[:-1] if word[-1] == word[-2] else word
    return word[:-1] if len(word) > 4 and word[-1] == "e" else word


def plain(text: str) -> str:
    """Small letters without disguises; what is no character any more becomes “?”."""
    if text.isascii():
        return text.lower()
    return text.encode("utf-8", "replace").decode("utf-8").translate(_seen).lower()


def cut(text: str) -> list[str]:
    """The words of a plain text, without links, names of accounts and marks of resharing."""
    return _WORD.findall(_NOISE.sub(" ", text))


def read(text: str, folded: str = "") -> Words:
    folded = folded or plain(text)
    words = cut(folded[:READ])
    numbers = [_known[word] for word in words]
    said = tuple(dict.fromkeys(map(abs, filter(None, numbers))))
    same = words
    if min(numbers, default=0) < 0:
        same = [word for word, number in zip(words, numbers, strict=True) if number >= 0]
    return Words(folded, tuple(words), said, fingerprint(" ".join(same) or folded[:READ]))


def pairs(folded: str) -> set[tuple[str, str]]:
    """Which word stands before which, numbers left out: what a copy keeps, and a retelling does
    not."""
    words = [word for word in cut(folded[:READ]) if not word.isdecimal()]
    return set(pairwise(words)) or {(word, "") for word in words}


def fingerprint(text: str) -> int:
    return xxh64_intdigest(text.encode("utf-8", "replace"))


def numbers(words: Iterable[str]) -> list[int]:
    """Of words in their order; for those who need more than a set."""
    return [abs(number) for word in words if (number := _known[word])]

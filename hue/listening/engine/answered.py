"""Which answered claim a post repeats: BM25 over words, pieces of words for misspellings."""

from collections import Counter
from collections.abc import Iterable, Iterator
from heapq import nlargest
from math import log, sqrt

from hue.listening.engine.posts import Answered, Match
from hue.listening.engine.words import cut, fingerprint, numbers, plain

SURE = 0.55
SUGGESTED = 0.30
SHORT = 5  # words below which a match is only suggested
K1, B = 1.2, 0.75
_PIECE = 4


class _Kept:
    __slots__ = ("answered", "length", "pieces", "words")

    def __init__(self, answered: Answered) -> None:
        text = " ".join((answered.text, *answered.also))
        words = cut(plain(text))
        self.answered = answered
        self.words = Counter(numbers(words))
        self.length = sum(self.words.values())
        self.pieces = pieces(words)


class Register:
    """The answered claims; asked with every new text."""

    def __init__(self, answered: Iterable[Answered] = ()) -> None:
        self._kept: dict[str, _Kept] = {}
        self._under: dict[int, dict[str, int]] = {}
        self._length = 0
        self.version = 0
        for one in answered:
            self.add(one)

    def __len__(self) -> int:
        return len(self._kept)

    def __iter__(self) -> Iterator[Answered]:
        return (kept.answered for kept in self._kept.values())

    def add(self, answered: Answered) -> None:
        """Under an id that is known it takes the place of what was there."""
        self.drop(answered.id)
        self.version += 1
        kept = _Kept(answered)
        self._kept[answered.id] = kept
        self._length += kept.length
        for word, times in kept.words.items():
            self._under.setdefault(word, {})[answered.id] = times

    def drop(self, answered: str) -> None:
        kept = self._kept.pop(answered, None)
        if kept is None:
            return
        self.version += 1
        self._length -= kept.length
        for word in kept.words:
            del self._under[word][answered]
            if not self._under[word]:
                del self._under[word]

    def matches(self, folded: str, most: int = 5) -> tuple[Match, ...]:
        """The best first; none below `SUGGESTED`."""
        if not self._kept:
            return ()
        words = cut(folded[:4000])
        asked = list(dict.fromkeys(numbers(words)))
        found = [self._judge(one, asked, words) for one, _ in self._best(asked, 4 * most)]
        found = [match for match in found if match.score >= SUGGESTED]
        return tuple(sorted(found, key=lambda match: (-match.score, match.answered))[:most])

    def _best(self, asked: list[int], most: int) -> list[tuple[str, float]]:
        scores: dict[str, float] = {}
        middle = self._length / len(self._kept)
        for word in asked:
            under = self._under.get(word)
            if not under:
                continue
            weight = self._weight(word)
            for one, times in under.items():
                norm = K1 * (1 - B + B * self._kept[one].length / middle)
                scores[one] = scores.get(one, 0.0) + weight * times * (K1 + 1) / (times + norm)
        return nlargest(most, scores.items(), key=lambda item: (item[1], item[0]))

    def _weight(self, word: int) -> float:
        known = len(self._under.get(word, ()))
        return log(1 + (len(self._kept) - known + 0.5) / (known + 0.5))

    def _judge(self, one: str, asked: list[int], words: list[str]) -> Match:
        kept = self._kept[one]
        shared = [word for word in asked if word in kept.words]
        both = sum(map(self._weight, shared))
        theirs = sum(map(self._weight, kept.words))
        ours = sum(map(self._weight, asked))
        by_words = both / sqrt(theirs * ours) if both else 0.0
        by_pieces = _cosine(pieces(words), kept.pieces)
        score = round(0.6 * by_words + 0.4 * by_pieces, 4)
        names = {number: word for word in words for number in numbers([word])}
        why = "shares " + ", ".join(f"“{names[word]}”" for word in shared[:6])
        is_sure = score >= SURE and len(asked) >= SHORT
        return Match(kept.answered.id, score, is_sure, why)


def pieces(words: list[str]) -> Counter[int]:
    """Every four characters in a row."""
    text = f" {' '.join(words)} "
    return Counter(fingerprint(text[at : at + _PIECE]) for at in range(len(text) - _PIECE + 1))


def _cosine(one: Counter[int], other: Counter[int]) -> float:
    both = sum(times * other[piece] for piece, times in one.items() if piece in other)
    if not both:
        return 0.0
    size = sum(n * n for n in one.values()) * sum(n * n for n in other.values())
    return both / sqrt(size)

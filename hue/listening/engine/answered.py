"""Which answered claim a post repeats: BM25 over words, pieces of words for misspellings."""

from collections import Counter
from collections.abc import Iterable, Iterator
from heapq import nlargest
from math import log, sqrt

from hue.listening.engine.posts import Answered, Match
from hue.listening.engine.words import READ, cut, numbers, plain

CANDIDATES = 20  # of BM25, that are looked at closely
WORDS, PIECES, COVER = 0.4, 0.4, 0.2  # by judgement, not fitted
SUGGESTED = 0.25  # of these together
COVERED, OURS = 0.6, 0.3  # of the weight of the claim's words, and of the post's: then it is sure
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
        self._pieces: dict[str, int] = {}
        self._heavy: dict[str, tuple[float, float]] = {}
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
        self._heavy.clear()
        kept = _Kept(answered)
        self._kept[answered.id] = kept
        self._length += kept.length
        for word, times in kept.words.items():
            self._under.setdefault(word, {})[answered.id] = times
        for piece in kept.pieces:
            self._pieces[piece] = self._pieces.get(piece, 0) + 1

    def drop(self, answered: str) -> None:
        kept = self._kept.pop(answered, None)
        if kept is None:
            return
        self.version += 1
        self._heavy.clear()
        self._length -= kept.length
        for word in kept.words:
            del self._under[word][answered]
            if not self._under[word]:
                del self._under[word]
        for piece in kept.pieces:
            self._pieces[piece] -= 1
            if not self._pieces[piece]:
                del self._pieces[piece]

    def matches(self, folded: str, most: int = 5) -> tuple[Match, ...]:
        """The best first; none that shares too little to be worth a look."""
        return tuple(match for match in self.nearest(folded, most) if match.score >= SUGGESTED)

    def nearest(self, folded: str, most: int = 5) -> list[Match]:
        """The best first, however bad."""
        words = cut(folded[:READ])
        asked = list(dict.fromkeys(numbers(words)))
        if not self._kept or not asked:
            return []
        best = self._best(asked, CANDIDATES)
        if not best:
            return []
        question = _Question(words, asked, sum(map(self._weight, asked)))
        found = [self._judge(one, score, question) for one, score in best]
        return sorted(found, key=lambda match: (-match.score, match.answered))[:most]

    def _best(self, asked: list[int], most: int) -> list[tuple[str, float]]:
        """By BM25."""
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

    def _piece_weight(self, piece: str) -> float:
        return log((len(self._kept) + 1) / (self._pieces.get(piece, 0) + 0.5))

    def _judge(self, one: str, bm25: float, question: "_Question") -> Match:
        kept = self._kept[one]
        shared = [word for word in question.asked if word in kept.words]
        both = sum(map(self._weight, shared))
        words, pieces = self._weights(kept)
        covered = both / words
        ours = both / question.weight
        by_pieces = self._alike(question.pieces, kept.pieces, pieces)
        by_words = min(1.0, bm25 / ((K1 + 1) * question.weight))
        score = WORDS * by_words + PIECES * by_pieces + COVER * covered
        why = "shares " + ", ".join(f"“{question.names[word]}”" for word in shared[:6])
        is_long = len(question.asked) >= SHORT
        is_sure = is_long and covered >= COVERED and ours >= OURS
        return Match(kept.answered.id, round(score, 4), is_sure, why)

    def _weights(self, kept: _Kept) -> tuple[float, float]:
        """Of all its words, and of all its pieces; the same until the register changes."""
        weights = self._heavy.get(kept.answered.id)
        if weights is None:
            words = sum(map(self._weight, kept.words))
            weights = words, sum(map(self._piece_weight, kept.pieces))
            self._heavy[kept.answered.id] = weights
        return weights

    def _alike(self, ours: frozenset[str], theirs: frozenset[str], weight: float) -> float:
        """Of the pieces, by how rare each is; `weight` of all of theirs."""
        both = sum(map(self._piece_weight, ours & theirs))
        if not both:
            return 0.0
        known = ours & self._pieces.keys()
        unknown = (len(ours) - len(known)) * self._piece_weight("")
        return both / sqrt((sum(map(self._piece_weight, known)) + unknown) * weight)


class _Question:
    __slots__ = ("asked", "names", "pieces", "weight")

    def __init__(self, words: list[str], asked: list[int], weight: float) -> None:
        self.asked, self.weight = asked, weight
        self.names = {number: word for word in words for number in numbers([word])}
        self.pieces = pieces(words)


def pieces(words: list[str]) -> frozenset[str]:
    """Every four characters in a row."""
    text = f" {' '.join(words)} "
    return frozenset([text[at : at + _PIECE] for at in range(len(text) - _PIECE + 1)])

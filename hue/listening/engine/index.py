"""Which texts share a word, for as long as they are kept: the inverted index of the window."""

from array import array
from collections.abc import Iterable
from math import log, sqrt
from typing import NamedTuple

LOOKED_AT = 160  # entries looked through for one text, rarest words first
WEIGHED = 32  # of those that share most, by how much they say beside it
LONGEST = 400  # texts noted under one word; a word in more says little
SIZE = 3  # words added to each text's own before it is divided by; chosen with the copies
_NOBODY = array("I")


class Near(NamedTuple):
    """`alike`: 0 to 1; `shared`: the words that both have, heaviest first, as numbers."""

    no: int
    alike: float
    shared: tuple[int, ...]


class Index:
    def __init__(self) -> None:
        self.said: dict[int, array[int]] = {}
        self._under: dict[int, array[int]] = {}
        self._count: dict[int, int] = {}

    def add(self, no: int, said: Iterable[int]) -> None:
        self.said[no] = array("I", said)
        for word in self.said[no]:
            self._count[word] = self._count.get(word, 0) + 1
            under = self._under.get(word)
            if under is None:
                self._under[word] = array("I", (no,))
                continue
            under.append(no)
            if len(under) > LONGEST:
                del under[: LONGEST // 2]

    def drop(self, no: int) -> None:
        for word in self.said.pop(no):
            left = self._count[word] - 1
            under = self._under[word]
            if no in under:
                under.remove(no)
            if left:
                self._count[word] = left
            else:
                del self._count[word], self._under[word]

    def cut(self) -> dict[str, list[int]]:
        """The words under which not all texts stand any more; the rest follows from the texts."""
        return {
            str(word): under.tolist()
            for word, under in self._under.items()
            if len(under) < self._count[word]
        }

    def restore(self, cut: dict[str, list[int]]) -> None:
        for word, under in cut.items():
            self._under[int(word)] = array("I", under)

    def nearest(self, said: Iterable[int], most: int = 3) -> list[Near]:
        weights = self._weigh(said)
        scores = self._shared(weights)
        found = sorted(scores, key=scores.__getitem__, reverse=True)[:WEIGHED]
        if len(found) > most:
            kept = self.said
            # What shares as much and says more beside it is less alike.
            found.sort(key=lambda no: scores[no] ** 2 / (SIZE + len(kept[no])))
        ours = sum(weights.values())
        near = [self._compare(weights, ours, no) for no in found[-most:]]
        return sorted(near, key=lambda one: (-one.alike, one.no))

    def _shared(self, weights: dict[int, float]) -> dict[int, float]:
        """What others share of the rarest words; of the last one only the latest others."""
        scores: dict[int, float] = {}
        left = LOOKED_AT
        for word in sorted(weights, key=weights.__getitem__, reverse=True):
            weight = weights[word]
            under = self._under.get(word, _NOBODY)[-left:]
            for no in under:
                scores[no] = scores.get(no, 0.0) + weight
            left -= len(under)
            if not left:
                break
        return scores

    def _weigh(self, said: Iterable[int]) -> dict[int, float]:
        """How much each word says: much where few texts have it."""
        size, count = log(len(self.said) + 20), self._count.get
        return {
            word: size - _LOGS[known if (known := count(word, 0)) < _MOST else _MOST]
            for word in said
        }

    def _compare(self, weights: dict[int, float], ours: float, no: int) -> Near:
        shared: list[int] = []
        rest: list[int] = []
        for word in self.said[no]:
            (shared if word in weights else rest).append(word)
        both = sum([weights[word] for word in shared])
        return Near(no, alike(both, ours, both + sum(self._weigh(rest).values())), tuple(shared))


_MOST = 100_000
_LOGS = [log(count + 0.5) for count in range(_MOST + 1)]


def alike(both: float, ours: float, other: float) -> float:
    """Between the share of all words and the share of the shorter text's words."""
    if not both:
        return 0.0
    return sqrt(both / (ours + other - both) * both / min(ours, other))

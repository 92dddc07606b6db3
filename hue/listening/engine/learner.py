"""Labels learnt from examples, and from every correction at once: hashed words, linear weights.

A word counts by itself, by its pieces of three to five letters and by the word before it. Nothing
of the examples can be read back from the weights, and no list of words grows with the posts.
"""

from collections.abc import Sequence
from io import BytesIO
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import SGDClassifier
from xxhash import xxh32_intdigest

SIZE = 1 << 18
ROUNDS = 8
ALPHA = 1e-5
RATE = 1.0  # of a correction; chosen on events that the short bench does not tell of
MOST_WORDS = 80  # of one text
_ROWS = 50_000  # words whose sum is kept
Floats = NDArray[np.float32]


class Learner:
    """One or more sets of labels, told together: Learner(("red", "blue"), ("low", "high"))."""

    def __init__(self, *sets: Sequence[str]) -> None:
        self.sets = tuple(tuple(labels) for labels in sets)
        ends = np.cumsum([0, *map(len, self.sets)])
        self._columns = [slice(*ends) for ends in pairwise(ends.tolist())]
        width = int(ends[-1])
        self._rarity = np.ones(SIZE, dtype=np.float32)
        self._weights = np.zeros((SIZE, width), dtype=np.float32)
        self._bias = np.zeros(width, dtype=np.float32)
        self._corrected: set[int] = set()
        # One row for each feature, and after them one for each word with all its pieces.
        self._products = np.zeros((SIZE + _ROWS, width + 1), dtype=np.float32)
        self._kept: dict[str, int] = {}
        self._is_stale = True  # until it is first asked, which one that only teaches never is

    def weigh(self, texts: Sequence[Sequence[str]]) -> None:
        """How rare each feature is; before any training."""
        seen = np.zeros(SIZE, dtype=np.int32)
        for words in texts:
            seen[np.unique(features(words))] += 1
        self._rarity = (np.log((1 + len(texts)) / (1 + seen)) + 1).astype(np.float32)

    def train(self, which: int, texts: Sequence[Sequence[str]], labels: Sequence[str]) -> None:
        """One set of labels, from nothing; three or more labels must have examples."""
        model = SGDClassifier(
            loss="log_loss",
            alpha=ALPHA,
            class_weight="balanced",
            random_state=1,
            max_iter=ROUNDS,
            tol=None,
        )
        model.fit(self._matrix(texts), list(labels))
        first = self._columns[which].start
        columns = [first + self.sets[which].index(label) for label in model.classes_]
        self._weights[:, self._columns[which]] = 0
        self._bias[self._columns[which]] = -9.0  # what has no example is not told
        self._weights[:, columns] = model.coef_.T
        self._bias[columns] = model.intercept_
        self._is_stale = True

    def tell(self, words: Sequence[str]) -> list[tuple[str, float]]:
        """Of each set the likeliest label, and its share of all that speaks for any."""
        each: list[float] = self._likely(words).tolist()
        told = []
        for labels, columns in zip(self.sets, self._columns, strict=True):
            shares = each[columns]
            best = max(shares)
            told.append((labels[shares.index(best)], best / (sum(shares) or 1)))
        return told

    def shares(self, which: int, words: Sequence[str]) -> list[float]:
        each = self._likely(words)[self._columns[which]]
        return [float(one) for one in each / (each.sum() or 1)]

    def learn(self, which: int, words: Sequence[str], label: str, rate: float = RATE) -> None:
        """One step towards the corrected label; larger ones forget what was known before. The bias
        stays: what is corrected first is no sample of what comes."""
        columns, found = self._columns[which], features(words)
        if not len(found):
            return
        wanted = np.array([name == label for name in self.sets[which]], dtype=np.float32)
        values = self._rarity[found] / np.linalg.norm(self._rarity[found])
        wrong = wanted - self._likely(words)[columns]
        step = np.zeros((len(found), self._weights.shape[1]), dtype=np.float32)
        step[:, columns] = rate * np.outer(values, wrong)
        np.add.at(self._weights, found, step)
        self._renew(found)
        self._corrected.update(found.tolist())

    def copy(self, other: "Learner") -> None:
        """Start from what another has learnt; the two are apart afterwards."""
        self._rarity = other._rarity
        self._weights[:], self._bias[:] = other._weights, other._bias
        self._corrected = set(other._corrected)
        self._is_stale = True

    def state(self) -> bytes:
        """What corrections have changed, and nothing else; without it the learner is cold."""
        rows = np.array(sorted(self._corrected), dtype=np.int32)
        kept = BytesIO()
        np.savez_compressed(kept, rows=rows, weights=self._weights[rows], bias=self._bias)
        return kept.getvalue()

    def restore(self, kept: bytes) -> None:
        """ValueError where it is of other labels or another size."""
        with np.load(BytesIO(kept), allow_pickle=False) as read:
            rows, weights, bias = read["rows"], read["weights"], read["bias"]
        if bias.shape != self._bias.shape or weights.shape != (len(rows), len(self._bias)):
            raise ValueError("what was learnt is of other labels")
        self._weights[rows], self._bias[:] = weights, bias
        self._corrected = set(rows.tolist())
        self._is_stale = True

    def _likely(self, words: Sequence[str]) -> Floats:
        """Of each label by itself, from 0 to 1."""
        one = np.float32(1)
        likely: Floats = one / (one + np.exp(-self._scores(_said(words))))
        return likely

    def _scores(self, said: list[str]) -> Floats:
        if not said:
            return self._bias
        if self._is_stale:
            self._renew()
        if len(self._kept) + len(said) >= _ROWS:
            self._kept.clear()
        row = self._kept.get
        rows = [row(word) or self._keep(word) for word in said]
        whole = self._sum(rows + _pairs(said))
        scores: Floats = whole[:-1] / np.sqrt(whole[-1]) + self._bias
        return scores

    def _keep(self, word: str) -> int:
        row = self._kept[word] = SIZE + len(self._kept)
        self._products[row] = self._sum(_places(word))
        return row

    def _sum(self, rows: list[int]) -> Floats:
        whole: Floats = np.add.reduce(self._products.take(rows, axis=0))
        return whole

    def _renew(self, found: NDArray[np.int64] | None = None) -> None:
        """The products follow the weights."""
        at: slice | NDArray[np.int64] = slice(0, SIZE) if found is None else found
        rarity = self._rarity[at, None]
        self._products[at, :-1] = self._weights[at] * rarity
        self._products[at, -1:] = rarity * rarity
        self._kept.clear()
        self._is_stale = False

    def _matrix(self, texts: Sequence[Sequence[str]]) -> csr_matrix:
        every = [features(words) for words in texts]
        places = np.concatenate(every)
        values = [
            rarity / (np.linalg.norm(rarity) or 1) for rarity in map(self._rarity.take, every)
        ]
        ends = np.cumsum([0, *map(len, every)])
        whole = csr_matrix((np.concatenate(values), places, ends), shape=(len(every), SIZE))
        whole.sum_duplicates()
        return whole


def features(words: Sequence[str]) -> NDArray[np.int64]:
    """All places among the weights that speak for a text."""
    said = _said(words)
    whole = [place for word in said for place in _places(word)] + _pairs(said)
    return np.array(whole, dtype=np.int64)


def _said(words: Sequence[str]) -> list[str]:
    return ["0" if word.isdecimal() else word[:20] for word in words[:MOST_WORDS]]


def _places(word: str) -> list[int]:
    framed = f" {word} "
    pieces = [framed[at : at + size] for size in (3, 4, 5) for at in range(len(framed) - size + 1)]
    return [
        xxh32_intdigest(piece.encode()) % SIZE for piece in (f"w{word}", *dict.fromkeys(pieces))
    ]


def _pairs(said: Sequence[str]) -> list[int]:
    return [xxh32_intdigest(f"{one} {other}".encode()) % SIZE for one, other in pairwise(said)]

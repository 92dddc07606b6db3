"""Labels learnt from examples, and from every correction at once: hashed words, linear weights.

Nothing of the examples can be read back from the weights, and no word list grows with the posts.
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
_MOST_WORDS = 100_000
Features = NDArray[np.int32]


class _Pieces(dict[str, tuple[int, ...]]):
    """The places of a word and of its pieces of three to five letters, looked up, not reckoned."""

    def __missing__(self, word: str) -> tuple[int, ...]:
        framed = f" {word} "
        ends = (range(len(framed) - size + 1) for size in (3, 4, 5))
        cut = [
            framed[at : at + size] for size, ats in zip((3, 4, 5), ends, strict=True) for at in ats
        ]
        places = tuple(dict.fromkeys(map(_place, [f"w{word}", *cut])))
        if len(self) >= _MOST_WORDS:
            self.clear()
        self[word] = places
        return places


def _place(piece: str) -> int:
    return xxh32_intdigest(piece.encode("utf-8")) % SIZE


_pieces = _Pieces()


def features(words: Sequence[str]) -> Features:
    """Words, their pieces and their pairs, as places among the weights."""
    said = ["0" if word.isdecimal() else word[:20] for word in words[:80]]
    places: set[int] = set()
    for word in said:
        places.update(_pieces[word])
    places.update(hash_pair(*pair) for pair in pairwise(said))
    return np.fromiter(places, dtype=np.int32, count=len(places))


def hash_pair(one: str, other: str) -> int:
    return _place(f"{one} {other}")


class Learner:
    def __init__(self, labels: Sequence[str], alpha: float = 1e-5) -> None:
        self.labels = tuple(sorted(labels))
        self._alpha = alpha
        self._rarity = np.ones(SIZE, dtype=np.float32)
        self._weights = np.zeros((SIZE, len(self.labels)), dtype=np.float32)
        self._bias = np.zeros(len(self.labels), dtype=np.float32)
        self._corrected: set[int] = set()

    def copy(self, other: "Learner") -> None:
        """Start from what another has learnt; the two are apart afterwards."""
        self._rarity = other._rarity
        self._weights[:], self._bias[:] = other._weights, other._bias
        self._corrected = set(other._corrected)

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
        if bias.shape != self._bias.shape or weights.shape != (len(rows), len(self.labels)):
            raise ValueError("what was learnt is of other labels")
        self._weights[rows], self._bias[:] = weights, bias
        self._corrected = set(rows.tolist())

    def train(self, examples: Sequence[Features], labels: Sequence[str]) -> None:
        """From nothing; what was learnt before is gone."""
        seen = np.bincount(np.concatenate(examples), minlength=SIZE)
        self._rarity = (np.log((1 + len(examples)) / (1 + seen)) + 1).astype(np.float32)
        model = SGDClassifier(
            loss="log_loss",
            alpha=self._alpha,
            class_weight="balanced",
            random_state=1,
            max_iter=ROUNDS,
            tol=None,
        )
        model.fit(self._matrix(examples), list(labels))
        columns = [self.labels.index(label) for label in model.classes_]
        coefficients = (
            model.coef_ if len(model.classes_) > 2 else np.vstack([-model.coef_, model.coef_])
        )
        self._weights[:] = 0
        self._weights[:, columns] = coefficients.T
        self._bias[:] = -9.0
        self._bias[columns] = (
            model.intercept_ if len(columns) > 2 else [-model.intercept_[0], model.intercept_[0]]
        )

    def _matrix(self, examples: Sequence[Features]) -> csr_matrix:
        places = np.concatenate(examples)
        values = np.concatenate([self._values(one) for one in examples])
        ends = np.cumsum([0, *(len(one) for one in examples)])
        return csr_matrix((values, places, ends), shape=(len(examples), SIZE))

    def _values(self, found: Features) -> NDArray[np.float32]:
        rarity = self._rarity[found]
        return rarity / (np.sqrt(np.dot(rarity, rarity)) or np.float32(1))

    def shares(self, found: Features) -> NDArray[np.float32]:
        """How much speaks for each label, in the order of `labels`; the sum is 1."""
        scores = self._values(found) @ self._weights[found] + self._bias
        each = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
        whole: NDArray[np.float32] = each / each.sum()
        return whole

    def tell(self, found: Features) -> tuple[str, float]:
        shares = self.shares(found)
        best = int(shares.argmax())
        return self.labels[best], float(shares[best])

    def learn(self, found: Features, label: str, steps: int = 4, rate: float = 4.0) -> None:
        """A few steps towards the corrected label, so that the next post like it is told right."""
        wanted = np.array([name == label for name in self.labels], dtype=np.float32)
        values = self._values(found)
        self._corrected.update(found.tolist())
        for _ in range(steps):
            scores = values @ self._weights[found] + self._bias
            wrong = wanted - 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
            self._weights[found] += rate * np.outer(values, wrong)
            self._bias += 0.05 * wrong

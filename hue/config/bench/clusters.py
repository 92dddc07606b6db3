"""Grouping texts that say the same: how well, how fast, ours and the peers', on the same texts."""

import time
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np

from hue.listening.engine import Engine, Gazetteer, Post

Texts = Sequence[str]
EPS = 0.6  # DBSCAN, cosine distance: the best of 0.4, 0.5, 0.6, 0.7 on the tuning half
OVERLAP = 0.4  # MinHash, share of words: the best of 0.3, 0.4, 0.5, 0.6 on the tuning half


@dataclass(frozen=True)
class Score:
    """B³ F, its 95 % interval by drawing the texts anew, and texts a core's second."""

    f: float
    low: float
    high: float
    rate: float

    def __str__(self) -> str:
        return f"{self.f:.3f} at {self.rate:,.0f}/s"


def score(group: Callable[[Texts], Sequence[Hashable]], labelled: list[tuple[str, str]]) -> Score:
    began = time.process_time()
    groups = group([text for text, _ in labelled])
    took = time.process_time() - began
    precision, recall = b_cubed(groups, [label for _, label in labelled])
    draw = np.random.default_rng(7)
    again = []
    for _ in range(400):
        at = draw.integers(0, len(groups), len(groups))
        again.append(_f(precision[at].mean(), recall[at].mean()))
    low, high = np.percentile(again, (2.5, 97.5))
    return Score(_f(precision.mean(), recall.mean()), low, high, len(groups) / took)


def b_cubed(groups: Sequence[Hashable], labels: Sequence[Hashable]) -> tuple[Any, Any]:
    """Of each text: how pure its group is, and how much of its label is in the group."""
    sizes, wholes = Counter(groups), Counter(labels)
    both = Counter(zip(groups, labels, strict=True))
    pairs = list(zip(groups, labels, strict=True))
    precision = np.array([both[pair] / sizes[pair[0]] for pair in pairs])
    recall = np.array([both[pair] / wholes[pair[1]] for pair in pairs])
    return precision, recall


def _f(precision: float, recall: float) -> float:
    return float(2 * precision * recall / (precision + recall))


def ours(texts: Texts) -> list[str]:
    """The whole engine, a post every minute, so that all stay in the window."""
    engine = Engine(Gazetteer(()), window=30 * 86400.0)
    posts = (Post(str(at), text, 1e9 + 60.0 * at, "bench") for at, text in enumerate(texts))
    return [engine.take(post).claim for post in posts]


def dbscan(texts: Texts) -> list[int]:
    from sklearn.cluster import DBSCAN
    from sklearn.feature_extraction.text import TfidfVectorizer

    weights = TfidfVectorizer(stop_words="english", sublinear_tf=True).fit_transform(texts)
    found = DBSCAN(eps=EPS, min_samples=2, metric="cosine").fit_predict(weights)
    return [int(label) if label >= 0 else -2 - at for at, label in enumerate(found)]


def minhash(texts: Texts) -> list[int]:
    """The group of the first text that the index of hashes gives; else a new one."""
    datasketch: Any = import_module("datasketch")
    index = datasketch.MinHashLSH(threshold=OVERLAP, num_perm=64)
    groups: list[int] = []
    for at, text in enumerate(texts):
        hashed = datasketch.MinHash(num_perm=64)
        hashed.update_batch([word.encode() for word in set(text.lower().split())])
        near = index.query(hashed)
        groups.append(groups[int(near[0])] if near else at)
        index.insert(str(at), hashed)
    return groups


def textclust(texts: Texts) -> list[int]:
    reading: Any = import_module("river.feature_extraction")
    grouping: Any = import_module("river.cluster")
    bag = reading.BagOfWords(lowercase=True, ngram_range=(1, 2))
    model = grouping.TextClust(
        real_time_fading=False, fading_factor=0.0001, tgap=10_000, auto_r=True
    )
    groups = []
    for text in texts:
        words = bag.transform_one(text)
        model.learn_one(words)
        groups.append(model.predict_one(words, type="micro"))
    return groups

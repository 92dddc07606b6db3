"""What a post is about, how urgent it is, which answered claim it repeats: told and compared."""

import random
import time
from collections import defaultdict
from collections.abc import Sequence
from statistics import mean

import numpy as np

from hue.config.bench import heard
from hue.listening.engine import Answered, Engine, Gazetteer, Post
from hue.listening.engine.answered import Register
from hue.listening.engine.kinds import Judge
from hue.listening.engine.learner import Learner
from hue.listening.engine.words import cut, plain
from hue.listening.labels import KINDS, URGENCIES

# Theirs to ours. “Not labeled” is what nobody gave a type because it has nothing to do with it.
TYPES = {
    "Affected individuals": "people affected",
    "Infrastructure and utilities": "damage and services",
    "Donations and volunteering": "offers and appeals",
    "Caution and advice": "warnings and advice",
    "Sympathy and support": "sympathy",
    "Other Useful Information": "other news",
    "Not applicable": "nothing to do with it",
    "Not labeled": "nothing to do with it",
}
CORRECTIONS = 150
Words = list[str]


def events() -> dict[str, list[tuple[Words, str]]]:
    """CrisisLex T26 by event, each in the order of time."""
    found: dict[str, list[tuple[str, Words, str]]] = defaultdict(list)
    for row in heard.rows("crisislex/crisislexT26_labeled.csv.gz"):
        words = cut(plain(row["text"]))
        found[row["event"]].append((row["created_at_from_id"], words, TYPES[row["info_type"]]))
    return {
        event: [(words, label) for _, words, label in sorted(rows)]
        for event, rows in sorted(found.items())
    }


def types(held_out: Sequence[str], every: dict[str, list[tuple[Words, str]]]) -> dict[str, float]:
    """Macro-F1 on events that were not learnt from, cold and after the first 150 were corrected.

    Over all posts of the held-out events together, and as the mean of the events."""
    pooled: dict[str, list[tuple[str, str]]] = {"cold": [], "150": []}
    means: dict[str, list[float]] = {"cold": [], "150": []}
    for event in held_out:
        learner = learnt([row for name, rows in every.items() if name != event for row in rows])
        first, rest = every[event][:CORRECTIONS], every[event][CORRECTIONS:]
        _note(learner, rest, pooled["cold"], means["cold"])
        for words, label in first:
            learner.learn(0, words, label)
        _note(learner, rest, pooled["150"], means["150"])
    found = {name: macro_f1(pairs) for name, pairs in pooled.items()}
    return found | {f"{name} mean": mean(values) for name, values in means.items()}


def _note(
    learner: Learner,
    rows: list[tuple[Words, str]],
    pooled: list[tuple[str, str]],
    means: list[float],
) -> None:
    pairs = [(learner.tell(words)[0][0], label) for words, label in rows]
    pooled += pairs
    means.append(macro_f1(pairs))


def learnt(rows: list[tuple[Words, str]]) -> Learner:
    learner = Learner(KINDS)
    texts = [words for words, _ in rows]
    learner.weigh(texts)
    learner.train(0, texts, [label for _, label in rows])
    return learner


def shipped(every: dict[str, list[tuple[Words, str]]]) -> float:
    """The same events told by what is shipped, which has learnt from our own phrases alone."""
    judge = Judge()
    rows = [row for rows in every.values() for row in rows]
    return macro_f1([(judge.likeliest(words)[0], label) for words, label in rows])


def macro_f1(pairs: list[tuple[str, str]]) -> float:
    """The mean over the labels that occur."""
    scores = []
    for label in {true for _, true in pairs}:
        hits = sum(said == true == label for said, true in pairs)
        said = sum(said == label for said, _ in pairs)
        true = sum(true == label for _, true in pairs)
        scores.append(2 * hits / (said + true) if said + true else 0.0)
    return mean(scores)


def most_urgent(count: int = 50) -> tuple[int, float]:
    """TREC-IS: how many of the first 50 of the later half are High or Critical, having learnt
    from the earlier half; and the share of those among all."""
    rows = [
        (cut(plain(row["content"])), row["priority"].lower())
        for row in heard.rows("trecis2020/labels_train_cleantext.csv.gz")
    ]
    rows = [row for row in rows if row[1] in URGENCIES and row[0]]
    half = len(rows) // 2
    learner = Learner(URGENCIES)
    texts = [words for words, _ in rows[:half]]
    learner.weigh(texts)
    learner.train(0, texts, [label for _, label in rows[:half]])
    weights = [URGENCIES.index(label) >= 2 for label in URGENCIES]
    scored = [
        (float(np.dot(learner.shares(0, words), weights)), -at, label)
        for at, (words, label) in enumerate(rows[half:])
    ]
    high = [label in ("high", "critical") for _, _, label in sorted(scored, reverse=True)]
    return sum(high[:count]), sum(high) / len(high)


def matching(part: str) -> list[float]:
    """CLEF 2020: of each tweet one over the place of its claim among the first five, or 0."""
    docs, pairs = heard.claims()
    register = Register(Answered(name, claim, (title,)) for name, (claim, title) in docs.items())
    true: dict[str, set[str]] = defaultdict(set)
    for tweet, claim in pairs[part]:
        true[tweet].add(claim)
    return [_precision(register, tweet, claims) for tweet, claims in true.items()]


def _precision(register: Register, tweet: str, claims: set[str]) -> float:
    found = [match.answered for match in register.nearest(plain(tweet))]
    hits = [at for at, name in enumerate(found, 1) if name in claims]
    return sum(place / at for place, at in enumerate(hits, 1)) / len(claims)


def matching_cost() -> dict[int, float]:
    """Microseconds a tweet of CLEF dev, against registers of these sizes; asked before once."""
    docs, pairs = heard.claims()
    every = [Answered(name, claim, (title,)) for name, (claim, title) in docs.items()]
    tweets = [plain(tweet) for tweet, _ in pairs["dev"]]
    costs = {}
    for count in (5, 500, 10_000):
        register = Register(random.Random(1).sample(every, count))
        for _ in range(2):
            began = time.process_time()
            for tweet in tweets:
                register.matches(tweet)
            costs[count] = round((time.process_time() - began) / len(tweets) * 1e6, 1)
    return costs


def flagged(functions: tuple[str, ...], label: str) -> tuple[int, int]:
    """HateCheck: how many of these cases carry any risk or threat for us, and of how many."""
    engine = Engine(Gazetteer(()))
    rows = [
        row["test_case"]
        for row in heard.rows("hatecheck/test_suite_cases.csv")
        if row["functionality"].startswith(functions) and row["label_gold"] == label
    ]
    posts = (Post(str(at), text, 1e9 + at, "bench") for at, text in enumerate(rows))
    return sum(bool(engine.take(post).risks) for post in posts), len(rows)

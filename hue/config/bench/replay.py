"""A stream of posts for speed and memory: unrest in noise, half of it reshares.

The research sets hold few reshares, real streams many; so they are added: half of all posts are
reshares, the better known a text the likelier; one in ten is a copy with a small change; the rest
is new. When the sets are used up, new texts are made of the halves of two.
"""

import json
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from hue.config.bench import heard
from hue.listening.engine import Answered, Engine, Gazetteer, Place, Post, words
from hue.listening.engine.cues import cues
from hue.listening.engine.kinds import Judge
from hue.listening.engine.language import language

RESHARED, COPIED = 0.5, 0.1
LATELY = 3000  # texts that may still be reshared
DAYS = 7
ANSWERED = tuple(
    Answered(f"r{at}", text)
    for at, text in enumerate(
        (
            "A tiger has escaped from the zoo",
            "The children's hospital has been set on fire",
            "The army is on the streets with tanks",
            "The police shot a boy with his hands up",
            "All stations in the city are closed",
        )
    )
)


def places() -> list[Place]:
    return [
        Place(row["geonameid"], row["name"], "place")
        for row in heard.rows("geo_birmingham/places_geonames_westmids.csv")
    ]


def stream(count: int, seed: int = 3) -> Iterator[Post]:
    chance = random.Random(seed)
    texts = _texts(chance)
    lately: list[tuple[str, str]] = []
    began = 1_408_000_000.0
    for number in range(count):
        at = began + number * DAYS * 86400 / count
        name, dice = f"p{number}", chance.random()
        author = f"a{int(chance.paretovariate(0.6)) % 400_000}"
        if lately and dice < RESHARED:
            which = min(len(lately), int(chance.paretovariate(0.5)))
            original, text = lately[-which]
            yield Post(name, text, at, "replay", author, reshare_of=original)
        elif lately and dice < RESHARED + COPIED:
            yield Post(name, _changed(chance.choice(lately)[1], chance), at, "replay", author)
        else:
            text = next(texts)
            lately.append((name, text))
            if len(lately) > 2 * LATELY:
                del lately[:LATELY]
            yield Post(name, text, at, "replay", author)


def _texts(chance: random.Random) -> Iterator[str]:
    whole = [text for _, _, text in heard.unrest()] + heard.noise()
    chance.shuffle(whole)
    yield from whole
    while True:
        one, other = chance.choice(whole).split(), chance.choice(whole).split()
        yield " ".join(one[: len(one) // 2] + other[len(other) // 2 :])


def _changed(text: str, chance: random.Random) -> str:
    """As those do who want one text to look like many."""
    ways = (
        f"RT @somebody: {text}",
        f"{text} {chance.randrange(1000)}",
        f"{text} http://t.example/{chance.randrange(10**6)}",
        f"{text} 😡🔥",
        text.replace("a", "а"),
        text.upper(),
    )
    return chance.choice(ways)


def run(count: int) -> dict[str, Any]:
    """Posts a core's second over all and in each tenth; the most memory at any time, in MB."""
    engine = Engine(Gazetteer(places()), answered=ANSWERED)
    took, tenths, rate, repeated = 0.0, [], 0.0, 0
    posts = stream(count)
    while part := list(islice(posts, max(1, count // 10))):
        began = time.process_time()
        repeated += sum(bool(engine.take(post).duplicate_of) for post in part)
        spent = time.process_time() - began
        took += spent
        tenths.append(round(len(part) / spent))
    rate = count / took
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    kept = {"claims": sum(1 for _ in engine.claims()), "copies": round(repeated / count, 3)}
    return {"rate": rate, "tenths": tenths, "rss": most, "stages": stages(engine), **kept}


def stages(engine: Engine) -> dict[str, float]:
    """Microseconds a text, each stage by itself, on texts not seen before."""
    texts = [post.text for post in stream(6000, seed=9) if not post.reshare_of]
    folded = [words.plain(text) for text in texts]
    read = [words.read(text) for text in folded]
    judge, gazetteer, index = Judge(), Gazetteer(places()), engine._claims.index
    asked: dict[str, Callable[[int], object]] = {
        "fold": lambda at: words.plain(texts[at]),
        "words": lambda at: words.read(folded[at]),
        "risks": lambda at: cues(folded[at]),
        "language": lambda at: language(folded[at], read[at].words),
        "places": lambda at: gazetteer.find(folded[at], texts[at]),
        "claims": lambda at: index.nearest(read[at].said),
        "kinds": lambda at: judge.tell(read[at].words),
        "answered": lambda at: engine._register.matches(folded[at]),
    }
    return {name: _cost(ask, len(texts)) for name, ask in asked.items()}


def _cost(ask: Callable[[int], object], count: int) -> float:
    began = time.process_time()
    for at in range(count):
        ask(at)
    return round((time.process_time() - began) / count * 1e6, 1)


if __name__ == "__main__":
    print(json.dumps(run(int(sys.argv[1]))))

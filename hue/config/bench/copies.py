"""Copies with small changes: made by us of texts that nobody labelled, and found again or not."""

import random
from collections.abc import Callable

from hue.config.bench import heard
from hue.lib.share import Share
from hue.listening.engine import Engine, Gazetteer, Post

FEWEST = 5  # words of a text that is copied here
_Change = Callable[[str, random.Random], str]


def _swapped(text: str, chance: random.Random) -> str:
    words = text.split()
    words[chance.randrange(len(words))] = "something"
    return " ".join(words)


CHANGES: dict[str, _Change] = {
    "account and mark of resharing": lambda text, _: f"RT @somebody: {text}",
    "link": lambda text, chance: f"{text} http://t.example/{chance.randrange(10**6)}",
    "number": lambda text, chance: f"{text} {chance.randrange(1000)}",
    "emoji": lambda text, _: f"😡🔥 {text} 🔥",
    "capitals": lambda text, _: text.upper(),
    "Cyrillic letters": lambda text, _: text.replace("a", "а").replace("o", "о"),
    "invisible characters": lambda text, _: text.replace(" ", " \u200b"),
    "a word before": lambda text, chance: f"{chance.choice(['omg', 'wow', 'breaking'])} {text}",
    "a word after": lambda text, chance: f"{text} {chance.choice(['smh', 'unreal', 'sharing'])}",
    "the last word gone": lambda text, _: text.rsplit(" ", 1)[0],
    "one word changed": _swapped,
}


def found(count: int, part: str) -> tuple[Share, Share, dict[str, Share]]:
    """Recall, precision and recall by change. Any link to another text than the one it was made
    of counts as wrong, though some of those are copies in life too."""
    chance = random.Random(17 if part == "tuning" else 18)
    engine = Engine(Gazetteer(()), window=30 * 86400.0)
    originals = _originals(count, part)
    names = list(CHANGES)
    first: dict[str, str] = {}
    for at, text in enumerate(originals):
        reading = engine.take(Post(f"o{at}", text, 1e9 + at, "bench"))
        first[f"o{at}"] = reading.duplicate_of or f"o{at}"
    hits, linked = dict.fromkeys(names, 0), 0
    tried = dict.fromkeys(names, 0)
    for at, text in enumerate(originals):
        name = names[at % len(names)]
        copy = Post(f"c{at}", CHANGES[name](text, chance), 1e9 + count + at, "bench")
        said = engine.take(copy).duplicate_of
        tried[name] += 1
        linked += bool(said)
        hits[name] += said == first[f"o{at}"]
    right = sum(hits.values())
    each = {name: Share(hits[name], tried[name]) for name in names}
    return Share(right, len(originals)), Share(right, linked), each


def _originals(count: int, part: str) -> list[str]:
    texts = list(dict.fromkeys(text for _, _, text in heard.unrest()))
    texts = [text for text in texts if len(text.split()) >= FEWEST]
    random.Random(4).shuffle(texts)
    half = len(texts) // 2
    return (texts[:half] if part == "tuning" else texts[half:])[:count]

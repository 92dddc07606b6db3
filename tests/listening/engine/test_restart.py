"""Stopped in the middle and started again, the engine says what it would have said."""

import json
import zlib

import pytest

from hue.listening.engine import BadState, Engine, Gazetteer
from tests.listening.engine.posts import NOON, PLACES, engine, post

TEXTS = (
    "Shops are burning in Handsworth, I can see the smoke",
    "smoke over handsworth, shops burning",
    "Is it true that a tiger is loose in Sparkbrook?",
    "no tiger in sparkbrook, that is a rumour",
    "Reading a good book tonight",
)
STREAM = [post(str(n), f"{TEXTS[n % 5]} {n % 7}", n, author=str(n % 11)) for n in range(400)]


def test_a_restored_engine_gives_the_same_answers() -> None:
    whole, half = engine(), engine()
    said = [whole.take(one) for one in STREAM]
    for one in STREAM[:200]:
        half.take(one)
    half = Engine.restore(half.state(), Gazetteer(PLACES))
    assert [half.take(one) for one in STREAM[200:]] == said[200:]
    assert half.ranked(NOON + 24000, 10) == whole.ranked(NOON + 24000, 10)
    assert half.state() == whole.state()


def test_a_state_that_is_none_is_refused_with_a_sentence() -> None:
    whole = engine().state()
    old = json.loads(zlib.decompress(whole)) | {"format": 0}
    for bad in (
        b"",
        b"nonsense",
        whole[:-9],
        zlib.compress(b"[]"),
        zlib.compress(json.dumps(old).encode()),
    ):
        with pytest.raises(BadState, match=r"state"):
            Engine.restore(bad, Gazetteer(PLACES))

"""Kinds and urgency: unsure where the words do not say, and taught by one correction."""

import pytest

from hue.listening.engine import Engine, Gazetteer, NotLearned, UnknownLabel
from tests.listening.engine.posts import engine, post

ODD = "The pigeons on the town hall have turned blue"


def test_words_that_say_nothing_are_told_as_unsure() -> None:
    reading = engine().take(post("1", "qwzx vbnm"))
    assert reading.kind == ""
    assert reading.urgency == ""


def test_a_corrected_claim_is_told_so_from_the_next_post_on() -> None:
    listening = engine()
    listening.take(post("1", ODD))
    listening.correct("1", kind="warnings and advice", urgency="high")
    again = listening.take(post("2", f"{ODD} today", 1))
    assert (again.kind, again.urgency) == ("warnings and advice", "high")
    claim = listening.claim(again.claim)
    assert claim is not None
    assert claim.kinds == {"warnings and advice": 2}


def test_what_was_learnt_goes_on_to_the_next_engine() -> None:
    listening = engine()
    for _ in range(3):
        listening.correct(ODD, kind="sympathy")
    heir = Engine(Gazetteer(()), learned=listening.learned())
    assert heir.take(post("1", ODD)).kind == "sympathy"
    assert engine().take(post("1", ODD)).kind != "sympathy"


def test_a_kind_that_there_is_not_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownLabel, match="sympathy"):
        engine().correct(ODD, kind="nonsense")


@pytest.mark.parametrize("bad", [b"", b"[]", b"PK\x03\x04 no archive"])
def test_bytes_that_are_no_learning_are_refused(bad: bytes) -> None:
    with pytest.raises(NotLearned, match="start without it"):
        Engine(Gazetteer(()), learned=bad)

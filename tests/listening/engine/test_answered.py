"""A claim that was answered is found again in other words; short texts are only suggested."""

from hue.listening.engine import Answered
from tests.listening.engine.posts import engine, post

TIGER = Answered("r1", "A tiger has escaped from the zoo at Dudley", ("tiger loose near the zoo",))


def test_an_answered_claim_is_matched_with_its_score_and_the_words_shared() -> None:
    listening = engine()
    listening.answer(TIGER)
    match = listening.take(post("1", "omg a tiger has escaped from Dudley zoo!!")).matches[0]
    assert (match.answered, match.is_sure) == ("r1", True)
    assert "tiger" in match.why


def test_a_short_text_is_only_suggested() -> None:
    listening = engine()
    listening.answer(TIGER)
    match = listening.take(post("1", "tiger loose zoo")).matches[0]
    assert match.answered == "r1"
    assert not match.is_sure


def test_an_answer_given_later_is_found_at_the_claims_that_are_there() -> None:
    listening = engine()
    reading = listening.take(post("1", "A tiger has escaped from the zoo in Dudley, is it true?"))
    assert reading.matches == ()
    listening.answer(TIGER)
    claim = listening.claim(reading.claim)
    assert claim is not None
    assert claim.matches[0].answered == "r1"
    listening.withdraw("r1")
    claim = listening.claim(reading.claim)
    assert claim is not None
    assert claim.matches == ()


def test_what_has_nothing_to_do_with_it_is_not_matched() -> None:
    listening = engine()
    listening.answer(TIGER)
    assert listening.take(post("1", "Shops are shut in Sparkbrook this evening")).matches == ()

"""A claim that was answered is found again in other words; short texts are only suggested."""

from hue.listening.engine import Answered
from hue.listening.engine.answered import Register
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


def test_a_hashtag_and_the_name_of_an_account_say_what_their_words_say() -> None:
    listening = engine()
    listening.answer(TIGER)
    for number, text in enumerate(("#TigerEscaped in Dudley, run", "@DudleyZooTiger is it true?")):
        match = listening.take(post(str(number), text)).matches[0]
        assert match.answered == "r1"
        assert "“tiger”" in match.why


def test_the_address_of_a_link_says_what_it_is_about() -> None:
    listening = engine()
    listening.answer(TIGER)
    linked = "look https://news.example/2011/tiger-escaped-from-dudley-zoo"
    assert listening.take(post("1", linked)).matches[0].answered == "r1"
    assert listening.take(post("2", "nothing behind https://t.example/x1")).matches == ()


def test_of_many_claims_the_one_that_says_it_comes_first_and_a_withdrawn_one_not_at_all() -> None:
    animals = ("lion", "wolf", "bear", "zebra", "hippo", "crocodile", "eagle", "monkey")
    register = Register(
        Answered(f"{animal} {number}", f"A {animal} walked past police station number {number}")
        for animal in animals
        for number in range(100, 400)
    )
    said = "is it true that a wolf walked past police station 217?"
    assert register.nearest(said)[0].answered == "wolf 217"
    register.drop("wolf 217")
    assert "wolf 217" not in [match.answered for match in register.nearest(said)]
    for one in list(register):
        register.drop(one.id)
    assert register.nearest(said) == []

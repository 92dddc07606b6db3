"""What says the same is one claim; copies count once; growth tells texts and sources apart."""

from tests.listening.engine.posts import NOON, engine, post

FIRE = "They have set fire to the children's hospital on Steelhouse Lane"


def test_the_same_words_in_disguise_count_once() -> None:
    listening = engine()
    first = listening.take(post("1", FIRE))
    copies = (
        f"RT @somebody: {FIRE} http://t.example/abc",
        FIRE.upper() + "!!! 😡😡",
        FIRE.replace("a", "а").replace("e", "е"),  # Cyrillic
        "\u200b".join(FIRE),
        f"{FIRE} 999",
    )
    for number, text in enumerate(copies, 2):
        reading = listening.take(post(str(number), text, number))
        assert reading.duplicate_of == "1", text
    claim = listening.claim(first.claim)
    assert claim is not None
    assert (claim.posts, claim.texts, claim.sources) == (6, 1, 6)


def test_other_words_for_the_same_are_the_same_claim() -> None:
    listening = engine()
    first = listening.take(post("1", "Rioters set fire to the children's hospital in Birmingham"))
    again = listening.take(
        post("2", "Is the Birmingham children's hospital really on fire? rioters")
    )
    other = listening.take(post("3", "A tiger has been let out of the zoo by the looters"))
    assert again.claim == first.claim
    assert not again.duplicate_of
    assert other.claim != first.claim


def test_one_account_that_shouts_does_not_make_growth() -> None:
    listening = engine()
    for number in range(500):
        reading = listening.take(post(str(number), f"{FIRE} {number}", 1, author="loud"))
    claim = listening.claim(reading.claim, NOON + 120)
    assert claim is not None
    assert claim.posts == 500
    assert [(one.texts, one.sources) for one in claim.growth] == [(1, 1)] * 3


def test_a_post_taken_twice_counts_once() -> None:
    listening = engine()
    listening.take(post("1", FIRE))
    again = listening.take(post("1", FIRE))
    claim = listening.claim(again.claim)
    assert claim is not None
    assert claim.posts == 1


def test_a_reshare_belongs_to_what_it_reshares_whatever_its_words() -> None:
    listening = engine()
    first = listening.take(post("1", FIRE))
    reshare = listening.take(post("2", "", 1, reshare_of="1"))
    assert (reshare.claim, reshare.duplicate_of) == (first.claim, "1")

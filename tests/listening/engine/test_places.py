"""Places on a labelled set of our own: 500 posts, every word of them made up here.

The first half was looked at while the rules were written; what is promised is promised of the
other half. Posts in mixed languages are counted apart.
"""

import pytest

from hue.config.bench.labelled_places import found
from tests.listening.engine.posts import engine, post


@pytest.mark.parametrize("is_mixed", [False, True])
def test_places_of_the_reporting_half(is_mixed: bool) -> None:
    precision, recall = found("reporting", is_mixed=is_mixed)
    assert precision.value >= 0.95, str(precision)
    assert recall.value >= 0.85, str(recall)


@pytest.mark.parametrize(
    "text",
    [
        "I am reading a book and hope it is over soon",
        "Hope everyone is well",
        "Mrs Aston taught me maths",
        "Aston Villa lost",
        "READING A BOOK IN THE BATH",
        "@handsworth is my old account",
        "astonishing, and handsworthy",
    ],
)
def test_a_name_alone_is_no_place(text: str) -> None:
    assert engine().take(post("1", text)).places == ()


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Trains to Reading are late", ("t1",)),
        ("Crowd at Aston station", ("t3",)),
        ("#handsworth", ("w1",)),
        ("HANDSWORTH IS BURNING", ("w1",)),
        ("Ｈａｎｄｓｗｏｒｔｈ and Sparkbrook", ("w1", "w2")),
        ("Shops shut in Sparkbrook and in Aston", ("w2", "t3")),
    ],
)
def test_a_place_is_found_and_says_by_what(text: str, places: tuple[str, ...]) -> None:
    reading = engine().take(post("1", text))
    assert reading.places == places
    assert len(reading.place_reasons) == len(places)

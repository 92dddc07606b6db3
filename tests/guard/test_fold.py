"""What disguises numbers and words is taken off, and every place is mapped back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hue.guard.fold import Folded, fold, numbers


def _as_read(text: str) -> str:
    return numbers(fold(text)).text


def test_disguises() -> None:
    for written, read in (
        ("раssроrt", "passport"),
        ("０７７", "077"),
        ("0\u200b7\ufeff7", "077"),
        ("café", "cafe"),
        ("𝟎𝟕𝟕", "077"),
        ("①②", "12"),
        ("0️⃣7️⃣", "07"),
        ("“a” – b", '"a" - b'),
        ("٠٧", "07"),
        ("O77OO 9OO123", "07700 900123"),
        ("oh seven seven double oh", "oh seven seven double oh"),  # five digits are no number yet
        ("zero one two one four nine six", "0 1 2 1 4 9 6"),
        ("triple five triple oh one", "555 000 1"),
    ):
        assert _as_read(written) == read, written


def test_words_that_only_sound_like_digits_stay() -> None:
    for text in ("one or two of us", "Oh, for one more day", "BOSS OIL SOLO", "one two, off we go"):
        assert _as_read(text) == text


def _holds_together(folded: Folded, original: str) -> None:
    for at in range(len(folded.text)):
        start, end = folded.place(at, at + 1)
        assert 0 <= start < end <= len(original)
    starts = [folded.place(at, at + 1)[0] for at in range(len(folded.text))]
    assert starts == sorted(starts)


@given(st.text(max_size=60))
def test_every_place_leads_back_into_what_was_written(text: str) -> None:
    _holds_together(fold(text), text)
    _holds_together(numbers(fold(text)), text)


WORDS = st.sampled_from(
    [
        "oh",
        "seven",
        "double",
        "triple",
        "nine",
        "0",
        "7",
        "12",
        ",-",
        "é",
        "１",
        "\u200b",
        "zero",
        "o",
        "bravo",
        "Tango",
        "B",
        "thirteen",
        "twenty-one",
    ]
)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Bravo Delta five one, Sierra Mike Romeo", "BD51SMR"),
        ("B two nine six B D", "B296BD"),
        ("b thirteen eight Q T", "B138QT"),
        ("plus four four, seven seven double-oh", "+ 4 4, 7 7 00"),
        ("Mike and Charlie walked", "Mike and Charlie walked"),
        ("I saw one or two of a kind", "I saw one or two of a kind"),
    ],
)
def test_letters_and_digits_said_one_by_one_are_read_together(said: str, meant: str) -> None:
    assert numbers(fold(f"So {said}.")).text == f"So {meant}."


@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_spoken_numbers_lead_back_too(text: str) -> None:
    _holds_together(numbers(fold(text)), text)


@given(st.text(alphabet="abcdefghij 0123456789.,", max_size=80))
def test_plain_text_is_not_touched(text: str) -> None:
    assert fold(text) == Folded(text)

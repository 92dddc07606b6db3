"""No text, however hostile, keeps the guard busy."""

import time

import pytest

from hue.guard import check, plain
from hue.guard.situations import ARRESTED, LIVE, SEXUAL, SMALL_PLACE, UNTOLD

HOSTILE = (
    "1", "1 ", "0", "07", "0 0 ", "4 4 4 4 ", "4111 ", "5555-4", "3 ", "+44", "(0)", "1-", "a", "A", "A ", "Aa ", "Aa Aa, ",
    "a.", "a@", "@a.", "a dot ", " at ", "one ", "oh oh ", "double ", "O0", "A1 ", "AB12 ", "B29 6",
    "14 Oak ", "14 oak road ", "flat 1 ", "born ", "dob 1", "1/1/", "arrested ", "Mr ", "his ",
    "the man ", "he lives on Oak ", "A man from Oak Oak ", "admitted ", "\u200b", "а", "é", "\n", " ",
    "we take some words ", "#", "'", "SHOUT ", "S", "I ", "two officers ", "in the next ", "junction ",
)  # fmt: skip
LIMIT = 0.25  # seconds of a core; `hue bench guard` measures, this finds what explodes
SITUATIONS = (ARRESTED, LIVE, SEXUAL, SMALL_PLACE, UNTOLD)


@pytest.mark.parametrize("piece", HOSTILE)
def test_ten_thousand_hostile_characters_do_not_keep_it_busy(piece: str) -> None:
    text = (piece * (10_000 // len(piece) + 1))[:10_000]
    check.check(plain.draft("warm", {}))
    for situation in SITUATIONS:
        example = situation(f"rape arrested reg car at dot # @ 0 {text}!")
        draft = plain.draft(example.text, example.context)
        took = min(_seconds(draft) for _ in range(3))
        assert took <= LIMIT, f"{took * 1000:.0f} ms, {example.says}"


def _seconds(draft: plain.Draft) -> float:
    began = time.process_time()
    check.check(draft)
    return time.process_time() - began

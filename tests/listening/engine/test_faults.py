"""What floods, repeats, lies about the time, is broken or much too long: the others go on."""

import math
import time

import pytest

from hue.listening.engine import Reading
from hue.listening.engine.claims import Claims
from tests.listening.engine.posts import NOON, engine, post

CALM = "All calm in Sparkbrook, shops open as on any day"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n",
        "\x00\x01",
        "\ud800 broken \udfff",
        "😡😡😡",
        "http://t.example/1",
        "￿￿",
        "ا" * 50,
    ],
)
def test_a_post_without_words_is_read_and_does_no_harm(text: str) -> None:
    listening = engine()
    listening.take(post("1", text))
    assert listening.take(post("2", CALM)).places == ("w2",)


def test_a_megabyte_is_read_within_a_second_and_its_threat_is_found_at_the_end() -> None:
    listening = engine()
    text = "lorem ipsum dolor " * 58_000 + "we will burn down the shops, bring petrol"
    began = time.perf_counter()
    reading = listening.take(post("1", text))
    assert time.perf_counter() - began < 1
    assert reading.risks == ("threat",)
    assert any("characters" in reason for reason in reading.reasons)


@pytest.mark.parametrize("at", [math.nan, math.inf, -math.inf, -5.0, NOON + 10**9])
def test_a_post_with_an_impossible_time_is_taken_as_now_and_says_so(at: float) -> None:
    listening = engine()
    first = listening.take(post("1", CALM))
    reading = listening.take(post("2", "Windows broken in Handsworth", (at - NOON) / 60))
    assert any("taken as now" in reason for reason in reading.reasons)
    assert listening.claim(first.claim) is not None


def test_after_a_day_of_silence_the_second_author_moves_the_clock() -> None:
    listening = engine()
    listening.take(post("1", CALM))
    later = 3 * 1440
    listening.take(post("2", "Windows broken in Handsworth", later))
    reading = listening.take(post("3", "Fire in Aston", later + 1))
    assert _last_seen(listening.claim(reading.claim)) == NOON + 60 * (later + 1)


def test_a_post_from_the_past_counts_when_it_was_sent() -> None:
    listening = engine()
    listening.take(post("1", "Fire in Handsworth", 300))
    reading = listening.take(post("2", CALM, 10))
    claim = listening.claim(reading.claim, NOON + 300 * 60)
    assert _last_seen(claim) == NOON + 600


def test_what_nobody_says_any_more_is_forgotten_with_the_window() -> None:
    listening = engine()
    old = listening.take(post("1", CALM))
    for day in range(1, 9):
        listening.take(post(f"d{day}", f"Market day number {day} in Aston, fresh fish", day * 1430))
    assert listening.claim(old.claim) is None
    assert not listening.take(post("1", CALM, 8 * 1430)).duplicate_of


def test_a_flood_makes_room_of_what_was_said_longest_ago() -> None:
    listening = engine()
    listening._claims = Claims(room=100)
    for number in range(1000):
        listening.take(post(str(number), f"flood{number} word{number} text{number}", number / 100))
    assert len(list(listening.claims())) <= 100


def test_the_cost_of_a_post_does_not_grow_with_the_posts_seen() -> None:
    listening = engine()
    costs = []
    for part in range(4):
        began = time.process_time()
        for number in range(part * 1500, (part + 1) * 1500):
            listening.take(post(str(number), _said(number), number / 10))
        costs.append(time.process_time() - began)
    assert costs[-1] < 3 * costs[0], costs


def test_a_risk_is_found_in_a_copy_as_in_the_first() -> None:
    listening = engine()
    said = "People trapped inside the shop in Handsworth, send help"
    readings = [listening.take(post(str(n), said, n)) for n in range(3)]
    assert [_risks(reading) for reading in readings] == [("risk to life",)] * 3


def test_a_risk_comes_before_what_is_merely_loud() -> None:
    listening = engine()
    for number in range(300):
        listening.take(post(f"l{number}", f"Great goal for the blues {number}", number / 100))
    listening.take(post("r", "Man with a knife in Handsworth, someone stabbed", 4))
    first = listening.ranked(NOON + 300, 1)[0]
    assert first.claim.risks == ("risk to life",)
    assert any("risk to life" in reason for reason in first.reasons)


def _risks(reading: Reading) -> tuple[str, ...]:
    return reading.risks


def _last_seen(claim: object) -> float:
    assert claim is not None
    return float(claim.last_seen)  # type: ignore[attr-defined]


def _said(number: int) -> str:
    words = ("shop", "fire", "road", "crowd", "bus", "police", "smoke", "glass", "school", "river")
    chosen = [words[number // 10**place % 10] + str(number * 7 % 89) for place in range(4)]
    return " ".join(("heard of", *chosen, f"near number {number}"))

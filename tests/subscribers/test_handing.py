"""A long list over one line: each reader once, whatever becomes of those before and after."""

from collections import Counter

import pytest

from hue.channels.models import Copy
from tests.subscribers.conftest import Town, reads

MANY = 45  # more than are taken up at once, twice
pytestmark = pytest.mark.parametrize("together", [True, False])


@pytest.fixture
def long(town: Town, *, together: bool) -> Town:
    town.box.pipelines = together
    for number in range(MANY):
        reads(town.cast, f"r{number}@home.example")
    town.say()
    return town


def states() -> Counter[str]:
    return Counter(Copy.objects.values_list("state", flat=True))


def test_each_reader_of_a_long_list_gets_their_own_letter(long: Town) -> None:
    long.work()
    assert Counter(to for to, _ in long.box.got) == {f"r{n}@home.example": 1 for n in range(MANY)}
    assert all(to == letter["To"] for to, letter in long.box.got)
    leaving = {letter["List-Unsubscribe"] for _, letter in long.box.got}
    assert len(leaving) == MANY
    assert states() == {"sent": MANY}


def test_who_is_not_there_costs_the_next_nothing(long: Town) -> None:
    long.box.nobody = {"r0@home.example", "r7@home.example", "r8@home.example"}
    long.box.answers = ["", "", "554 not such words"]
    long.work()
    assert len(long.box.got) == MANY - 4
    assert states() == {"sent": MANY - 4, "dropped": 3, "failed": 1}


def test_one_letter_is_in_doubt_where_the_line_breaks_and_no_more(long: Town) -> None:
    long.box.on_letter = lambda number: setattr(long.box, "breaks_off", number == 11)
    long.work()
    assert Counter(to for to, _ in long.box.got) == {f"r{n}@home.example": 1 for n in range(MANY)}
    assert states() == {"sent": MANY - 1, "unsure": 1}


def test_what_was_asked_for_and_not_sent_is_sent_later(long: Town) -> None:
    long.box.answers = [*[""] * 4, "452 too much for now"]
    long.work()
    assert states() == {"sent": 4, "due": MANY - 4}
    assert len(long.box.got) == 4

"""On each tuning part the guard holds what was reached: no fault that it found is lost again.

What the parts are, and what they say of words that nobody has read: docs/explanation/guard.md.
"""

from typing import NamedTuple

import pytest

from hue.config.bench import labelled


class Reached(NamedTuple):
    """Numbers of faults found, and at most so many clean drafts troubled."""

    personal_data: int
    wrong: int  # findings of personal data that nobody marked
    legal: int
    stopped: int
    troubled: int


PARTS = {
    "clean-*": Reached(0, 0, 0, 0, 1),
    "faulty-*": Reached(41, 0, 39, 0, 0),
    "second_*": Reached(152, 0, 212, 0, 3),
    "third_*": Reached(242, 0, 254, 0, 3),  # meant to be hard: hint and irony
    "fourth_*": Reached(270, 3, 318, 0, 7),  # daily posts
    "fifth_*": Reached(137, 0, 280, 0, 0),
    "sixth_*": Reached(123, 0, 258, 0, 4),
    "seventh_*": Reached(186, 3, 214, 0, 1),  # and numbers in disguise
    "eighth_*": Reached(117, 2, 134, 0, 3),
}


@pytest.mark.parametrize("part", PARTS)
def test_what_was_reached_is_held(part: str) -> None:
    reads, reached = labelled.ask(labelled.read("tuning", f"{part}.jsonl")), PARTS[part]
    right = labelled.precision(reads, "personal_data")
    assert labelled.recall(reads, "personal_data").hits >= reached.personal_data
    assert right.of - right.hits <= reached.wrong
    assert labelled.recall(reads, *labelled.LEGAL, stops_only=True).hits >= reached.legal
    assert labelled.troubled(reads, stops_only=True).hits <= reached.stopped
    assert labelled.troubled(reads, stops_only=False).hits <= reached.troubled

"""No decision of the guard changes unseen. `python -m tests.guard.decisions` takes a change in."""

from tests.guard.decisions import KEPT, every


def test_every_decision_is_the_one_that_was_written_down() -> None:
    told = dict(every())
    assert told.keys() == {file.stem for file in KEPT.glob("*.txt")}
    for name, lines in told.items():
        assert lines == (KEPT / f"{name}.txt").read_text(encoding="utf-8"), name

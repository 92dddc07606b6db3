"""Labelled sets are read strictly, and shares are told with what chance does to them."""

import pytest

from hue.config.bench import labelled, presidio
from hue.config.bench.labelled import BadLabel
from hue.lib.share import Share

PHONE = {"family": "personal_data", "kind": "phone", "severity": "stop"}
TEXT = "Ring Dan on 07700 900123 or 101."


def _row(*faults: dict[str, object], text: str = TEXT, **context: object) -> dict[str, object]:
    return {"text": text, "context": context, "faults": list(faults)}


def test_a_fault_that_is_found_counts_for_recall_and_precision() -> None:
    reads = labelled.ask([labelled.labelled(_row({**PHONE, "quote": "07700 900123"}))])
    assert labelled.recall(reads, "personal_data") == Share(1, 1)
    assert labelled.precision(reads, "personal_data") == Share(1, 1)
    assert labelled.troubled(reads, stops_only=False) == Share(0, 0)


def test_a_finding_elsewhere_counts_against_both() -> None:
    reads = labelled.ask([labelled.labelled(_row({**PHONE, "start": 5, "end": 8}))])
    assert labelled.recall(reads, "personal_data") == Share(0, 1)
    assert labelled.precision(reads, "personal_data") == Share(0, 1)


def test_a_finding_in_a_clean_draft_is_trouble() -> None:
    reads = labelled.ask([labelled.labelled(_row()), labelled.labelled(_row(text="Hello."))])
    assert labelled.troubled(reads, stops_only=True) == Share(1, 2)


def test_a_legal_stop_is_caught_by_a_stop_alone() -> None:
    fault = {"family": "naming", "severity": "stop", "quote": "father of three"}
    row = _row(
        fault, text="A 52-year-old father of three was arrested.", incident={"small_place": True}
    )
    reads = labelled.ask([labelled.labelled(row)])
    assert labelled.recall(reads, "naming") == Share(1, 1)
    assert labelled.recall(reads, *labelled.LEGAL, stops_only=True) == Share(0, 1)


def test_what_is_missing_has_no_place() -> None:
    fault = {"family": "tone", "severity": "advice", "start": 0, "end": 0}
    reads = labelled.ask(
        [labelled.labelled(_row(fault, text="Who saw it?", kind="appeal_witness"))]
    )
    assert labelled.recall(reads, "tone") == Share(1, 1)


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ({**PHONE, "start": 5, "end": 99}, "outside"),
        ({**PHONE, "start": 5, "end": 8, "quote": "Dave"}, "is “Dan”, not “Dave”"),
        ({**PHONE, "family": "data", "start": 0, "end": 0}, "no family “data”"),
        ({**PHONE, "severity": "high", "start": 0, "end": 0}, "no severity “high”"),
        ({**PHONE, "field": "alt_texts.0", "start": 0, "end": 0}, "no field “alt_texts.0”"),
    ],
)
def test_a_label_that_does_not_fit_is_refused(fault: dict[str, object], says: str) -> None:
    with pytest.raises(BadLabel, match=says):
        labelled.labelled(_row(fault))


def test_the_interval_is_wilson_s() -> None:
    low, high = Share(95, 100).interval()
    assert (round(low, 3), round(high, 3)) == (0.888, 0.978)
    assert Share(0, 0).interval() == (0.0, 1.0)
    assert Share(50, 50).interval()[0] < 1.0


def test_no_text_stands_in_both_parts() -> None:
    tuning, reporting = (
        {one.draft.text for one in labelled.read(p)} for p in ("tuning", "reporting")
    )
    assert not tuning & reporting


def test_presidio_s_own_sentences_lose_nothing() -> None:
    if not presidio.FILE.exists():
        pytest.skip("the research sets are not here: HUE_SHARED_DATA says where to look")
    reads = labelled.ask(one for one, _ in presidio.sentences())
    assert labelled.recall(reads, "personal_data").value >= 0.98

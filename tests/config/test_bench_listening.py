"""The bench of listening: its scores are what they are called, and without the sets it says so."""

from pathlib import Path

import pytest

from hue.config.bench import clusters, heard, listening, told


def test_b_cubed_is_what_was_published() -> None:
    precision, recall = clusters.b_cubed([1, 1, 1, 2], ["a", "a", "b", "b"])
    assert precision.mean() == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert recall.mean() == pytest.approx((1 + 1 + 1 / 2 + 1 / 2) / 4)


def test_macro_f1_counts_each_label_alike() -> None:
    pairs = [("a", "a"), ("a", "a"), ("a", "b")]
    assert told.macro_f1(pairs) == pytest.approx((0.8 + 0) / 2)


def test_without_the_research_sets_each_figure_says_that_it_was_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heard, "SHARED", tmp_path)
    figures = {figure.name: figure for figure in listening.figures()}
    assert figures.keys() >= {f"listening.{name}" for name in listening.TARGETS}
    assert figures["listening.posts_per_s"].value is None
    assert "skipped" in figures["listening.posts_per_s"].peer
    assert figures["listening.places_precision"].value is not None

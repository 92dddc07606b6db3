"""What a benchmark says of itself is so: a figure that is wanting is no target met."""

import json
import os
import subprocess
import sys
import threading

import pytest

from hue.config import bench
from hue.config.bench import bare, readers
from hue.config.bench.figures import Figure, missed, percentile, summary, table, told, typical
from tests.box import ROOT

MET = Figure("swift", 250.0, "ms", "a peer 200", 1.25, "<= 300")
LATE = Figure("slow", 301.0, "ms", target="<= 300")
FEW = Figure("few", 59.9, "x", target=">= 60")
WANTING = Figure("unknown", None, "x", "nginx is not installed here", target=">= 0.95")
ASIDE = Figure("aside", None, "x", "nginx is not installed here")
FREE = Figure("free", 7.0, "x")


def test_a_target_is_missed_beyond_its_limit_and_when_nothing_was_measured() -> None:
    results = told([MET, LATE, FEW, WANTING, ASIDE, FREE])
    assert missed(results) == ["slow", "few", "unknown"]


@pytest.mark.parametrize(("value", "sign"), [(300.0, "<="), (300.0, ">=")])
def test_the_limit_itself_is_met(value: float, sign: str) -> None:
    assert missed(told([Figure("edge", value, "ms", target=f"{sign} 300")])) == []


def test_the_summary_tells_a_miss_from_what_was_not_measured() -> None:
    assert summary(told([MET, ASIDE, FREE])) == ("", 0)
    assert summary(told([MET, WANTING])) == ("Not measured: unknown.", 2)
    assert summary(told([LATE, WANTING])) == ("Missed: slow.\nNot measured: unknown.", 1)


def test_the_table_has_value_target_and_peer_of_each_and_marks_what_is_not_met() -> None:
    swift, slow, unknown = table(told([MET, LATE, WANTING])).splitlines()
    assert swift.split() == ["swift", "250.00", "ms", "<=", "300", "a", "peer", "200"]
    assert slow.endswith("MISSED")
    assert "nginx is not installed here" in unknown
    assert unknown.endswith("NOT MEASURED")


def test_what_is_told_can_be_read_as_json() -> None:
    (result,) = json.loads(json.dumps(told([MET])))
    assert result == {
        "name": "swift", "value": 250.0, "unit": "ms",
        "peer": "a peer 200", "ratio": 1.25, "target": "<= 300",
    }  # fmt: skip


def test_a_percentile_is_the_smallest_value_that_so_many_do_not_exceed() -> None:
    values = [float(n) for n in range(60, 0, -1)]
    assert percentile(values, 0.95) == 57
    assert percentile([5.0], 0.95) == 5


def test_a_median_of_fewer_than_five_is_refused() -> None:
    assert typical([9.0, 1.0, 2.0, 3.0, 4.0]) == 3
    with pytest.raises(AssertionError, match="fewer than five"):
        typical([1.0, 2.0, 3.0, 4.0])


def test_an_unknown_bench_is_refused_with_the_names_of_those_there_are() -> None:
    with pytest.raises(SystemExit, match="no bench 'speed'; there are pages, publish, live"):
        bench.main(["speed"])


@pytest.mark.slow
def test_the_floor_writes_what_it_is_handed_to_every_open_stream() -> None:
    with bare.server() as where, readers.streams(where, "/", 7) as last:
        for _ in range(2):
            handed = threading.Timer(0.2, bare.hand_over, [where, b"data: Puppy found.\n\n"])
            handed.start()
            assert last() > 0
            handed.join()


@pytest.mark.slow
def test_a_post_goes_through_the_worker_to_every_inbox_over_tls() -> None:
    small = {"BENCH_INBOXES": "20", "BENCH_FOLLOWERS": "60", "BENCH_SERVERS": "30"}
    small |= {"BENCH_ACTIVITIES": "60", "BENCH_READERS": "60"}
    done = subprocess.run(
        [sys.executable, "-m", "hue", "bench", "fanout", "--json"],
        cwd=ROOT,
        env={**os.environ, **small, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr
    figures = json.loads(done.stdout)["figures"]
    assert [figure["name"] for figure in figures] == [
        "fanout.per_cpu_s",
        "fanout.inboxes_20_s",
        "fanout.followers_60_s",
        "fanout.rss_mb",
        "fanout.publish_ms",
        "fanout.inbound_per_s",
        "fanout.email_per_s",
    ]
    assert all(figure["value"] > 0 and figure["target"] for figure in figures)


@pytest.mark.slow
def test_a_tap_goes_through_the_form_to_the_files_and_the_streams() -> None:
    small = {"BENCH_STREAMS": "4", "BENCH_TAPS": "2", "BENCH_POSTS": "20"}
    done = subprocess.run(
        [sys.executable, "-m", "hue", "bench", "publish", "--json"],
        cwd=ROOT,
        env={**os.environ, **small, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr
    figures = json.loads(done.stdout)["figures"]
    assert [figure["name"] for figure in figures] == ["publish.p95_ms", "publish.p95_ms_100k"]
    for figure in figures:
        assert figure["value"] > 0
        assert figure["ratio"] > 1
        assert "p95 of 2 taps" in figure["peer"]
        assert figure["target"] == "<= 300"
    late = missed(figures)
    assert done.returncode == (1 if late else 0)
    assert all(name in done.stderr for name in late)

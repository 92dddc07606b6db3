"""Listening: how fast, how much memory, how well, beside peers on the same texts.

Thresholds were chosen on one part and are told of another; each line says which. `--full` replays
a million posts and leaves out each of the 25 events in turn; without it a tenth and every fifth.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from statistics import mean, stdev

from hue.config.bench import arriving, clusters, copies, heard, labelled_places, told
from hue.config.bench.figures import Figure
from hue.config.bench.place import say
from hue.lib.share import Share

FULL = bool(os.environ.get("BENCH_FULL"))
TARGETS = {
    "posts_per_s": ">= 5000",
    "rss_mb": "<= 600",
    "desk_p95_ms": "<= 1000",
    "b3_f": ">= 0.82",
    "b3_f_semantic": ">= 0.86",
    "near_dup_recall": ">= 0.985",
    "near_dup_precision": ">= 0.98",
    "map5": ">= 0.86",
    "map5_semantic": ">= 0.90",
    "types_f1_cold": ">= 0.55",
    "types_f1_150": ">= 0.62",
    "p50_high": ">= 0.40",
    "identity_false_flags": "<= 0",
    "places_precision": ">= 0.95",
    "places_recall": ">= 0.85",
}
NEEDS = (
    "pheme_rnr_stream",
    "crisislex",
    "sanders2011",
    "clef2020_claims",
    "trecis2020",
    "hatecheck",
    "geo_birmingham",
)
NO_ENCODER = "not measured: no encoder (docs/explanation/listening.md)"


def figures() -> Iterator[Figure]:
    yield from _places()
    if not heard.is_here(*NEEDS):
        for name in list(TARGETS)[:-2]:
            where = "skipped: the research sets are not here; HUE_SHARED_DATA says where to look"
            yield _figure(name, None, where)
        return
    for part in (_replay, _arriving, _copies, _matching, _urgent, _identity, _claims, _types):
        say(part.__name__.strip("_"))
        yield from part()


def _figure(name: str, value: float | None, words: str, unit: str = "") -> Figure:
    return Figure(f"listening.{name}", value, unit, words, target=TARGETS.get(name, ""))


def _replay() -> Iterator[Figure]:
    count = 1_000_000 if FULL else 100_000
    call = [sys.executable, "-m", "hue.config.bench.replay", str(count)]
    found = json.loads(subprocess.run(call, stdout=subprocess.PIPE, check=True).stdout)
    tenths = ", ".join(f"{rate:,}" for rate in found["tenths"])
    words = f"{count:,} posts, {found['copies']:.0%} of them copies; by tenths {tenths}"
    yield _figure("posts_per_s", found["rate"], words, "posts/s")
    yield _figure("rss_mb", found["rss"], f"{found['claims']:,} claims kept at the end", "MB")
    for name, cost in found["stages"].items():
        yield _figure(f"stage.{name}", cost, "a text not seen before", "µs")


def _arriving() -> Iterator[Figure]:
    value, words = arriving.p95()
    yield _figure("desk_p95_ms", value, words, "ms")


def _copies() -> Iterator[Figure]:
    recall, precision, each = copies.found(4000, "reporting")
    worst = min(each, key=lambda name: each[name].value)
    made = "copies made by us of unlabelled posts, reporting half"
    words = f"{recall}; {made}; worst: {worst}, {each[worst].value:.3f}"
    yield _figure("near_dup_recall", recall.value, words)
    yield _figure("near_dup_precision", precision.value, f"{precision}; {made}")


def _matching() -> Iterator[Figure]:
    chosen, told_of = told.matching("train"), told.matching("dev")
    half = 1.96 * stdev(told_of) / len(told_of) ** 0.5
    words = (
        f"CLEF dev, {len(told_of)} tweets, ± {half:.3f}; weights chosen on "
        f"CLEF train: {mean(chosen):.3f} of {len(chosen)}"
    )
    yield _figure("map5", mean(told_of), words)
    yield _figure("map5_semantic", None, NO_ENCODER)
    for count, cost in told.matching_cost().items():
        yield _figure(f"stage.answered_{count}", cost, f"a tweet against {count:,} claims", "µs")


def _urgent() -> Iterator[Figure]:
    hits, share = told.most_urgent()
    words = f"{Share(hits, 50)}; learnt from the earlier half; chance would give {share:.2f}"
    yield _figure("p50_high", hits / 50, words)


def _identity() -> Iterator[Figure]:
    flags, of = told.flagged(("ident_",), "non-hateful")
    every = Share(*told.flagged(("",), "non-hateful"))
    threats = Share(*told.flagged(("threat_",), "hateful"))
    words = f"of {of}; of all that is not hateful: {every}; of threats: {threats}"
    yield _figure("identity_false_flags", flags, words, "posts")


def _claims() -> Iterator[Figure]:
    labelled = heard.same_claim("reporting")
    own = clusters.score(clusters.ours, labelled)
    peers: dict[str, tuple[Callable[[clusters.Texts], list[int]], int]] = {
        "DBSCAN": (clusters.dbscan, len(labelled)),
        "MinHashLSH": (clusters.minhash, len(labelled)),
        "TextClust": (clusters.textclust, len(labelled) if FULL else 1500),
    }
    beside = []
    for name, (group, count) in peers.items():
        try:
            said = str(clusters.score(group, labelled[:count]))
            beside.append(f"{name} {said}{'' if count == len(labelled) else f' on {count:,}'}")
        except ImportError as error:
            beside.append(f"{name}: {error.name} is not installed (requirements/bench.txt)")
    words = (
        f"95 % from {own.low:.3f} to {own.high:.3f}, {own.rate:,.0f}/s by the whole engine; "
        f"{len(labelled):,} texts of the reporting half; {'; '.join(beside)}"
    )
    yield _figure("b3_f", own.f, words)
    yield _figure("b3_f_semantic", None, NO_ENCODER)


def _types() -> Iterator[Figure]:
    every = told.events()
    held_out = list(every) if FULL else list(every)[::5]
    found = told.types(held_out, every)
    of = f"CrisisLex T26, each of {len(held_out)} events left out in turn"
    cold = f"{of}; mean of the events {found['cold mean']:.3f}"
    warm = f"{of}; mean of the events {found['150 mean']:.3f}"
    yield _figure("types_f1_cold", found["cold"], cold)
    yield _figure("types_f1_150", found["150"], warm)
    words = "as shipped, learnt from our own phrases alone; all of T26"
    yield _figure("types_f1_shipped", told.shipped(every), words)


def _places() -> Iterator[Figure]:
    for part, note in (("", "our own words, reporting half"), ("mixed_", "mixed languages")):
        precision, recall = labelled_places.found("reporting", is_mixed=bool(part))
        yield _figure(f"places_{part}precision", precision.value, f"{precision}; {note}")
        yield _figure(f"places_{part}recall", recall.value, f"{recall}; {note}")

"""The guard: how many drafts a second, what it catches, what it troubles for nothing.

Quality is told of the reporting part alone; the word lists were tuned on the other.
"""

import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle, islice
from typing import TypeVar

from hue.config.bench import labelled, presidio
from hue.config.bench.figures import Figure, percentile, typical
from hue.config.bench.labelled import LEGAL, Labelled, Read
from hue.config.bench.place import say
from hue.guard import check, plain
from hue.guard.draft import Draft
from hue.guard.finding import Finding, Severity
from hue.guard.rule import FAMILIES
from hue.guard.situations import ARRESTED, CHARGED, LIVE, MISSING, UNTOLD
from hue.lib.share import Share

ROUNDS = 7
LENGTH = 280
POSTS = (
    "Officers are at a collision on Bristol Road South near the railway bridge. One lane towards "
    "the city is closed and buses 61 and 63 go another way. Nobody is badly hurt. ",
    "A 34-year-old man from Selly Oak was arrested last night on suspicion of burglary and is in "
    "custody. Did you see anything in Oakfield Road at about 9pm? Call 101, log 1432. ",
    "We met residents at the library today. You asked for more patrols at the canal and for "
    "something about bikes on the pavement; both are on our list until 12 December. ",
    "Lost: a small brown dog called Biscuit, near Cannon Hill Park. Please do not chase him. Ring "
    "07700 900123 or come to the station at 14 Oakfield Road, B29 6BD, reg BD51 SMR. ",
    "Two drivers were stopped for speeding on the A38, 52 mph in a 30 zone, and given a fixed "
    "penalty. Both said they were late. A minute late is better than a life gone. ",
)
T = TypeVar("T")
Peer = Callable[[str], list[presidio.Span]]


def figures() -> Iterator[Figure]:
    ask_peer, why_not = _peer()
    yield _speed(ask_peer, why_not)
    yield _long_drafts()
    reads = labelled.ask(labelled.read("reporting"))
    say(f"our own reporting part: {len(reads):,} drafts")
    yield from _own(reads, ask_peer, why_not)
    yield from _made_up(ask_peer, why_not)


def _peer() -> tuple[Peer | None, str]:
    try:
        return presidio.peer(), ""
    except ImportError as error:
        return None, f"Presidio is not installed here ({error.name}): requirements/bench.txt"


def _speed(ask_peer: Peer | None, why_not: str) -> Figure:
    drafts = _drafts()
    rate = typical([_rate(drafts, check.check) for _ in range(ROUNDS)])
    if ask_peer is None:
        beside = f"median of {ROUNDS}; {why_not}"
        return Figure("guard.drafts_per_s", rate, "drafts/s", beside, target=">= 2000")
    texts = [draft.text for draft in drafts[:50]]
    theirs = typical([_rate(texts, ask_peer) for _ in range(ROUNDS)])
    words = f"Presidio, personal data alone: {theirs:,.0f}/s; medians of {ROUNDS}"
    return Figure("guard.drafts_per_s", rate, "drafts/s", words, rate / theirs, ">= 2000")


def _rate(things: list[T], ask: Callable[[T], object]) -> float:
    """A core's second."""
    began = time.process_time()
    for thing in things:
        ask(thing)
    return len(things) / (time.process_time() - began)


def _drafts() -> list[Draft]:
    """Posts of one length, no two alike, in situations that call different rules."""
    situations = (None, None, None, ARRESTED, CHARGED, LIVE, MISSING, UNTOLD)
    made = []
    for number, (post, situation) in enumerate(zip(cycle(POSTS), cycle(situations), strict=False)):
        if number == 2000:
            break
        text = f"{number}: {post * 3}"[:LENGTH]
        made.append(plain.draft(text, situation(text).context if situation else {}))
    return made


def _long_drafts() -> Figure:
    words = cycle(" ".join(POSTS).split())
    drafts = [plain.draft(" ".join(islice(words, 500)), {}) for _ in range(100)]
    took = [1000 / _rate([draft], check.check) for draft in drafts]
    of = f"p95 of {len(drafts)} drafts"
    return Figure("guard.words_500_p95_ms", percentile(took, 0.95), "ms", of, target="<= 50")


def _own(reads: list[Read], ask_peer: Peer | None, why_not: str) -> Iterator[Figure]:
    if not reads:
        for name, target in _TARGETS.items():
            yield Figure(name, None, "", "no labelled drafts in the reporting part", target=target)
        return
    theirs = _asked_of(ask_peer, [one.labelled for one in reads]) if ask_peer else []
    for name, count in _COUNTS.items():
        beside = f"Presidio {count(theirs)}" if theirs and "personal" in name else why_not
        yield _figure(name, count(reads), beside if "personal" in name else "", _TARGETS[name])
    for family in FAMILIES:
        yield _figure(f"guard.{family}.recall", labelled.recall(reads, family))
        yield _figure(f"guard.{family}.precision", labelled.precision(reads, family))


_COUNTS: dict[str, Callable[[list[Read]], Share]] = {
    "guard.personal_data_recall": lambda reads: labelled.recall(reads, "personal_data"),
    "guard.personal_data_precision": lambda reads: labelled.precision(reads, "personal_data"),
    "guard.legal_recall": lambda reads: labelled.recall(reads, *LEGAL, stops_only=True),
    "guard.false_stop_rate": partial(labelled.troubled, stops_only=True),
    "guard.any_finding_rate": partial(labelled.troubled, stops_only=False),
}
_TARGETS = dict(zip(_COUNTS, (">= 0.98", ">= 0.95", ">= 0.95", "<= 0.01", "<= 0.08"), strict=True))


def _figure(name: str, share: Share, beside: str = "", target: str = "") -> Figure:
    words = "; ".join(filter(None, (str(share), beside)))
    return Figure(name, share.value if share.of else None, "", words, target=target)


def _made_up(ask_peer: Peer | None, why_not: str) -> Iterator[Figure]:
    """Recall and precision on Presidio's own set, of the kinds that are ours."""
    names = ("guard.synth.personal_data_recall", "guard.synth.personal_data_precision")
    if not presidio.FILE.exists():
        for name in names:
            yield Figure(name, None, "", "the set is not here: HUE_SHARED_DATA says where to look")
        return
    sentences = presidio.sentences()
    asked = labelled.ask(one for one, _ in sentences)
    theirs = _asked_of(ask_peer, [one for one, _ in sentences]) if ask_peer else []
    for name, count in zip(names, list(_COUNTS.values())[:2], strict=True):
        others = [places for _, places in sentences]
        beside = f"Presidio {count(_counted(theirs, others))}" if theirs else why_not
        yield _figure(name, count(_counted(asked, others)), beside)


def _counted(reads: list[Read], others: list[list[tuple[int, int]]]) -> list[Read]:
    """Without findings on what is somebody's data, but of no kind of ours."""
    return [
        Read(
            read.labelled,
            tuple(
                finding
                for finding in read.findings
                if any(fault.is_met_by(finding) for fault in read.labelled.faults)
                or not any(finding.start < end and start < finding.end for start, end in places)
            ),
        )
        for read, places in zip(reads, others or [[]] * len(reads), strict=False)
    ]


def _asked_of(ask_peer: Peer, rows: list[Labelled]) -> list[Read]:
    """The peer's answers in our form; it is asked of the text alone, for personal data."""
    say("Presidio is asked")
    return [Read(row, tuple(map(_as_finding, ask_peer(row.draft.text)))) for row in rows]


def _as_finding(span: presidio.Span) -> Finding:
    kind, start, end = span
    return Finding(kind, "personal_data", Severity.STOP, "text", start, end, "", "")

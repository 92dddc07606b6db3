"""From a post's arrival at the intake to the moment the desk shows it, at 500 posts a second.

Three programs, as in production: one takes hauls in at a steady pace and never waits for the
others, the worker reads, and this one looks at the desk again and again. A haul that is taken in
late has arrived in time: its posts have waited.
"""

import sys
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import islice

from hue.config.bench import replay, seed
from hue.config.bench.figures import percentile
from hue.config.bench.place import running, say
from hue.lib import clock
from hue.listening import actions, showing
from hue.listening.arrival import Arrival, Haul
from hue.listening.engine import Post
from hue.listening.models import Source, Watch
from hue.listening.queries.claims import heard
from hue.people import queries as people

RATE, SECONDS, HAULS = 500, 30, 5  # posts a second, for how long, in how many hauls a second
WARM = 3  # seconds before those that count
PATIENCE = 60.0
ROLE, HASHTAG = "communications", "#benchtown"
TAKE_IN = "import django; django.setup(); from hue.config.bench import arriving; arriving.take_in()"


def p95() -> tuple[float, str]:
    """In milliseconds, and how it came about."""
    _seed_watch()
    with running(sys.executable, "-m", "hue", "work"):
        _wake()
        with running(sys.executable, "-c", TAKE_IN):
            waits, looks = _waits((WARM + SECONDS) * RATE)
    counted = waits[WARM * RATE :]
    half, most = percentile(counted, 0.5), max(counted)
    words = (
        f"{RATE} posts/s for {SECONDS} s, {HAULS} hauls a second, one worker, 2 more programs "
        f"beside it; half within {half:.0f}, all within {most:.0f}; the desk itself took "
        f"{percentile(looks, 0.95):.0f} (p95 of {len(looks)})"
    )
    return percentile(counted, 0.95), words


def _wake() -> None:
    """A worker that has just started teaches its engine first: some seconds, once."""
    _take([Post("first", "Awake?", 0.0, "")], clock.now())
    until = time.monotonic() + PATIENCE
    while not heard(ROLE).exists():
        if time.monotonic() > until:
            raise TimeoutError(f"The worker has read nothing for {PATIENCE:.0f} seconds.")
        time.sleep(0.1)


def _seed_watch() -> None:
    officer, at = seed.force().officer, clock.now()
    source = Source.objects.create(name="Bench", kind="file", state="on")
    watch = Watch.objects.create(
        name="Bench", role=ROLE, purpose="To measure.", basis="It is a bench.",
        topics=[HASHTAG], owner=officer, written_by=officer, state="approved", starts_at=at,
        written_at=at, review_at=at + timedelta(days=1), expires_at=at + timedelta(days=2),
    )  # fmt: skip
    watch.sources.add(source)


def _waits(count: int) -> tuple[list[float], list[float]]:
    """Of each post in the order of arrival, and how long each look at the desk took."""
    waits: list[float] = []
    looks: list[float] = []
    turn, until = 1, time.monotonic() + WARM + SECONDS + PATIENCE
    while len(waits) < count:
        new = list(
            heard(ROLE).filter(turn__gt=turn).order_by("turn").values_list("turn", "taken_at")
        )
        began = time.monotonic()
        showing.desk(ROLE, at=clock.now())
        looks.append(1000 * (time.monotonic() - began))
        now = clock.now()
        waits += [1000 * (now - arrived).total_seconds() for _, arrived in new]
        turn += len(new)
        if time.monotonic() > until:
            raise TimeoutError(f"The desk shows {len(waits):,} of {count:,} posts.")
        time.sleep(0.05)
    say(f"{len(looks)} looks at the desk")
    return waits, looks


def take_in() -> None:
    """At a steady pace, whatever becomes of it."""
    posts = iter(list(replay.stream((WARM + SECONDS) * RATE)))
    began = time.time()
    for number in range((WARM + SECONDS) * HAULS):
        due = began + number / HAULS
        time.sleep(max(0.0, due - time.time()))
        _take(islice(posts, RATE // HAULS), datetime.fromtimestamp(due, UTC))


def _take(posts: Iterable[Post], at: datetime) -> None:
    arrivals = [
        Arrival(post.id, f"{post.text} {HASHTAG}", at, post.author, reshare_of=post.reshare_of)
        for post in posts
    ]
    actions.take(by=people.system(), at=at, source=Source.objects.get(), haul=Haul(arrivals))

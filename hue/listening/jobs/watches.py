"""What comes in is read, files go on, watches end, and what is over is erased."""

import logging
import time
from collections.abc import Callable
from datetime import datetime

from hue.jobs import queue
from hue.jobs.queue import every, job
from hue.lib import clock
from hue.listening import actions, asking, reading
from hue.listening.bringing import due_lines
from hue.listening.models import Bringing, Reader, Remark, Source, Watch
from hue.listening.sources.asked import NoAnswer
from hue.pages import stale
from hue.people import queries as people
from hue.people.access import Refused
from hue.people.models import Officer
from hue.states.moving import MovedMeanwhile

log = logging.getLogger(__name__)
LINGERS, LONGEST = 0.9, 8.9  # seconds: after the last that came, and of one run in all


@every("* * * * * *", "listening.read")
def read() -> None:
    """While something comes it goes on, past its second: to begin anew takes as long as to read."""
    began = ranked = time.monotonic()
    came = began if read_all(at=clock.now) else 0.0
    while (now := time.monotonic()) < min(came + LINGERS, began + LONGEST):
        time.sleep(0.05)
        if now - ranked >= 1:
            came, ranked = now if read_all(at=clock.now) else came, now
        elif _read(at=clock.now):
            came = now
    if came:
        read_all(at=clock.now)


def read_all(*, at: Callable[[], datetime]) -> int:
    """Each role's engine reads what its watches took in, until nothing waits, and ranks it."""
    count = _read(at=at)
    for role in Reader.objects.order_by("role").values_list("role", flat=True):
        reading.rank_on(role, at=at())
    return count


def _read(*, at: Callable[[], datetime]) -> int:
    roles = {*Reader.objects.values_list("role", flat=True)}
    roles |= {*Remark.objects.waiting().order_by().values_list("role", flat=True).distinct()}
    count = 0
    for role in sorted(roles):
        while some := reading.read_on(role, at=at()):
            count += some
    return count


@every("* * * * * *", "listening.going")
def going() -> None:
    """Files that are replayed, and those that a crash left half-way."""
    if Bringing.objects.going().exists():
        queue.defer("listening.bring", once="listening.bring")


@job("listening.bring")
def bring() -> None:
    bring_all(at=clock.now)


def bring_all(*, at: Callable[[], datetime]) -> None:
    system = people.system()
    for bringing in Bringing.objects.going().select_related("source"):
        try:
            _bring_on(bringing, system, at)
        except (Refused, FileNotFoundError) as trouble:
            why = str(trouble) if isinstance(trouble, Refused) else "The file is gone."
            actions.finish(by=system, at=at(), bringing=bringing, why=why)
        except MovedMeanwhile:
            continue  # another worker was faster


def _bring_on(bringing: Bringing, system: Officer, at: Callable[[], datetime]) -> None:
    for found, ended in due_lines(bringing, at=at()):
        actions.take_lines(by=system, at=at(), bringing=bringing, found=found)
        if ended:
            actions.finish(by=system, at=at(), bringing=bringing)


@every("* * * * * */5", "listening.poll")
def poll() -> None:
    """One job a source: one that does not answer keeps no other waiting."""
    at = clock.now()
    for source in Source.objects.to_poll(at=at):
        Source.objects.filter(pk=source.pk).update(next_at=at + source.pause)
        queue.defer("listening.ask", once=f"listening.ask {source.pk}", source=source.pk)


@job("listening.ask", retry=0)
def ask(source: int) -> None:
    found = Source.objects.on().filter(pk=source).first()
    if found is not None:
        ask_one(found, at=clock.now())


def ask_one(source: Source, *, at: datetime) -> None:
    system = people.system()
    try:
        actions.take(by=system, at=at, source=source, haul=asking.ask(source, at=at))
    except NoAnswer as trouble:
        actions.note_trouble(by=system, at=at, source=source, says=str(trouble))
    except Exception:
        # Whoever sends what nobody thought of must not stop what comes after it.
        log.exception("%s cannot be read", source)
        says = "It sends something that this software does not understand."
        actions.note_trouble(by=system, at=at, source=source, says=says)


@every("* * * * * 10", "listening.due")
def due() -> None:
    end_expired(at=clock.now())


def end_expired(*, at: datetime) -> None:
    """LIS-5: a watch ends by itself, and its figures are kept before its words go."""
    for watch in Watch.objects.expired(at=at):
        try:
            actions.end(by=people.system(), at=at, watch=watch)
            actions.report(by=people.system(), at=at, watch=watch)
        except MovedMeanwhile as meanwhile:
            log.info("%s: %s", watch, meanwhile)


@every("7 * * * *", "listening.told")
def told() -> None:
    """The public page says how much was read so far."""
    if Watch.objects.running(at=clock.now()).exists():
        stale.mark(("listening.public", ""), at=clock.now())


@every("20 0 * * 1", "listening.week")
def week() -> None:
    """LIS-6, before the first words of that week are erased."""
    for role in Watch.objects.exclude(state="written").order_by().values_list("role").distinct():
        actions.summarise_week(by=people.system(), at=clock.now(), role=role[0])


@every("*/10 * * * *", "listening.erase")
def erase() -> None:
    while actions.erase(by=people.system(), at=clock.now()):
        continue

"""What is said is addressed, then sent; what no longer speaks is closed."""

import asyncio
import logging
import threading
from datetime import timedelta

from hue.fediverse import actions, fanout, mail, queries
from hue.fediverse.models import Activity, Actor, Dispatch
from hue.jobs import queue
from hue.jobs.queue import every, job
from hue.lib import clock
from hue.pages import shell, stale
from hue.pages.alarms import end_alarm, raise_alarm
from hue.people import queries as people
from hue.people.access import Refused
from hue.states.moving import MovedMeanwhile

log = logging.getLogger(__name__)
ALARM = "fediverse"
NEWS_FOR = timedelta(days=9)  # whoever is silent for longer has left, and nobody can mend it
KEPT = timedelta(days=90)
_sending, _more = threading.Lock(), threading.Event()


@job("fediverse.address", priority=queue.URGENT)
def address() -> None:
    for activity in Activity.objects.due():
        try:
            mail.address(activity, at=clock.real_now())
        except MovedMeanwhile:
            continue  # another worker was faster
    queue.defer("fediverse.send", once="fediverse.send", priority=queue.URGENT)


@job("fediverse.send", priority=queue.URGENT)
def send() -> None:
    """One fan-out a process: what comes meanwhile goes with the one that runs."""
    _more.set()
    while _more.is_set() and _sending.acquire(blocking=False):
        _more.clear()
        try:
            asyncio.run(fanout.send_due())
        finally:
            _sending.release()


@job("fediverse.named")
def named(actor: int) -> None:
    """Pages keep in mind whose account is theirs: they are told after it is so."""
    shell.forget()
    stale.mark(*queries.named_on(Actor.objects.get(pk=actor)), at=clock.now())


@every("* * * * * */5", "fediverse.due")
def due() -> None:
    """What a server was not there for, and what a crash left."""
    if Activity.objects.due().exists():
        queue.defer("fediverse.address", once="fediverse.address")
    if Dispatch.objects.due(at=clock.real_now()).exists():
        queue.defer("fediverse.send", once="fediverse.send")


@every("* * * * * 20", "fediverse.accounts")
def accounts() -> None:
    """Live events get an account and lose it; who took their name back has none any more."""
    system, at = people.system(), clock.now()
    for event in queries.events_to_open():
        given = {"kind": "event", "key": event.hashtag, "name": event.hashtag}
        try:
            actions.open_account(by=system, at=at, **given)
        except Refused as refusal:
            log.warning("%s: %s", event, refusal)
    over = [(actor, "The event is over.") for actor in queries.events_over()]
    gone = [(actor, "They are no longer named in public.") for actor in queries.officers_gone()]
    for actor, reason in (*over, *gone):
        actions.close_account(by=system, at=at, actor=actor, reason=reason)


@every("41 * * * * 0", "fediverse.silent")
def silent() -> None:
    """A server that has not answered for two days is somebody's business: nobody reads us there."""
    at = clock.real_now()
    found = [one.host for one in queries.fell_silent(at=at, for_=mail.PATIENCE, until=NEWS_FOR)]
    if found:
        raise_alarm(ALARM, _in_words(found), at=clock.now())
    else:
        end_alarm(ALARM, at=clock.now())


@every("23 3 * * * 0", "fediverse.forget")
def forget() -> None:
    """Who got what is no record: the notes are."""
    mail.forget(before=clock.now() - KEPT)


def _in_words(hosts: list[str]) -> str:
    many = f"{len(hosts)} servers have" if len(hosts) > 1 else "One server has"
    return (
        f"{many} not answered for two days: {', '.join(hosts[:5])}. Who follows us from there "
        "misses what we say: see Accounts elsewhere."
    )

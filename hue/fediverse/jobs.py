"""What is said is addressed, then sent; what came is worked on; what no longer speaks is closed."""

import asyncio
import logging
import threading
from datetime import timedelta

from hue.fediverse import accounts, actions, claims, fanout, mail, queries
from hue.fediverse.accounts import Account, signing_as
from hue.fediverse.documents import id_of
from hue.fediverse.models import Activity, Actor, Dispatch, Received
from hue.jobs import queue
from hue.jobs.queue import every, job
from hue.lib import clock
from hue.pages import shell, stale
from hue.pages.alarms import end_alarm, raise_alarm
from hue.people import queries as people
from hue.people.access import Refused
from hue.people.models import Officer
from hue.states.moving import MovedMeanwhile

log = logging.getLogger(__name__)
ALARM = "fediverse"
NEWS_FOR = timedelta(days=9)  # whoever is silent for longer has left, and nobody can mend it
KEPT = timedelta(days=90)
AT_ONCE = 200
# A signature for the end of our window may have come at its beginning; and as much again.
KNOWN_FOR = 4 * claims.WINDOW
_sending, _more = threading.Lock(), threading.Event()


@job("fediverse.address", priority=queue.URGENT)
def address() -> None:
    for activity in Activity.objects.due():
        try:
            mail.address(activity, at=clock.real_now())
        except MovedMeanwhile:
            continue  # another worker was faster
    queue.defer("fediverse.send", once="fediverse.send", priority=queue.URGENT)


@job("fediverse.hurry", priority=queue.URGENT)
def hurry(note: str) -> None:
    mail.hurry(note)


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


@job("fediverse.profiles", priority=queue.URGENT)
def profiles() -> None:
    """Somebody's name, words or picture have changed: whose accounts show it is found out here."""
    system, at = people.system(), clock.now()
    for actor in Actor.objects.open():
        actions.tell_profile(by=system, at=at, actor=actor)


@every("* * * * * */5", "fediverse.due")
def due() -> None:
    """What a server was not there for, and what a crash left."""
    if Activity.objects.due().exists():
        queue.defer("fediverse.address", once="fediverse.address")
    if Dispatch.objects.due(at=clock.real_now()).exists():
        queue.defer("fediverse.send", once="fediverse.send")


@every("* * * * * 20", "fediverse.accounts")
def open_and_close() -> None:
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


def _in_words(hosts: list[str]) -> str:
    many = f"{len(hosts)} servers have" if len(hosts) > 1 else "One server has"
    return (
        f"{many} not answered for two days: {', '.join(hosts[:5])}. Who follows us from there "
        "misses what we say: see the page Fediverse."
    )


@job("fediverse.receive")
def receive() -> None:
    """In the order in which it came."""
    system = people.system()
    while found := list(Received.objects.due().select_related("stranger__server")[:AT_ONCE]):
        for received in found:
            _work_on(received, system)


def _work_on(received: Received, system: Officer) -> None:
    target = _moved_to(received) if received.kind == "Move" else None
    try:
        actions.receive(by=system, at=clock.now(), received=received, target=target)
    except MovedMeanwhile:
        return  # another worker was faster
    except Exception as fault:
        # Whoever sends what we did not think of must not stop what comes after it.
        log.exception("%s cannot be worked on", received)
        actions.set_aside(by=system, at=clock.now(), received=received, fault=fault)


def _moved_to(received: Received) -> Account | None:
    target = id_of(received.body.get("target"))
    try:
        return accounts.fetched(target, signing_as(queries.instance_signer())) if target else None
    except (accounts.NotTold, accounts.Gone) as why:
        log.info("%s: %s", received, why)
        return None


@every("* * * * * */10", "fediverse.left")
def take_up_what_is_left() -> None:
    """What a crash left."""
    if Received.objects.due().exists():
        queue.defer("fediverse.receive", once="fediverse.receive")


@every("7 * * * *", "fediverse.forget")
def forget() -> None:
    """Who got what is no record: the notes are. What came is known while it could come again."""
    mail.forget(before=clock.now() - KEPT)
    over = Received.objects.filter(at__lt=clock.real_now() - KNOWN_FOR)
    over.exclude(state__in=["due", "stuck"]).delete()

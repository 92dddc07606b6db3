"""What is said is addressed, then sent; what no longer speaks is closed."""

import asyncio
import threading

from hue.fediverse import fanout, mail
from hue.fediverse.models import Activity, Dispatch
from hue.jobs import queue
from hue.jobs.queue import every, job
from hue.lib import clock
from hue.states.moving import MovedMeanwhile

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


@every("* * * * * */5", "fediverse.due")
def due() -> None:
    """What a server was not there for, and what a crash left."""
    if Activity.objects.due().exists():
        queue.defer("fediverse.address", once="fediverse.address")
    if Dispatch.objects.due(at=clock.real_now()).exists():
        queue.defer("fediverse.send", once="fediverse.send")

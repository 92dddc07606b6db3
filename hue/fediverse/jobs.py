"""What came from elsewhere is worked on, and forgotten when it could not come again."""

import asyncio
import logging

from hue.fediverse import accounts, actions, claims, queries
from hue.fediverse.accounts import Account, Signing, signing_as
from hue.fediverse.documents import id_of
from hue.fediverse.models import Received
from hue.jobs import queue
from hue.jobs.queue import every, job
from hue.lib import clock, fetch
from hue.people import queries as people
from hue.people.models import Officer
from hue.states.moving import MovedMeanwhile

log = logging.getLogger(__name__)
AT_ONCE = 200
# A signature for the end of our window may have come at its beginning; and as much again.
KNOWN_FOR = 4 * claims.WINDOW


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
    except Exception:
        # Whoever sends what we did not think of must not stop what comes after it.
        log.exception("%s cannot be worked on", received)
        Received.objects.filter(pk=received.pk).update(state="refused", body={}, why="A fault.")


def _moved_to(received: Received) -> Account | None:
    target, signing = id_of(received.body.get("target")), signing_as(queries.instance_signer())
    try:
        return asyncio.run(_fetched(target, signing)) if target else None
    except (accounts.NotTold, accounts.Gone, TimeoutError) as why:
        log.info("%s: %s", received, why)
        return None


async def _fetched(uri: str, signing: Signing) -> Account:
    async with (
        asyncio.timeout(accounts.SECONDS),
        fetch.session(limit=1, seconds=accounts.SECONDS) as session,
    ):
        return await accounts.account(session, uri, signing)


@every("* * * * * */10", "fediverse.left")
def take_up_what_is_left() -> None:
    """What a crash left."""
    if Received.objects.due().exists():
        queue.defer("fediverse.receive", once="fediverse.receive")


@every("7 * * * *", "fediverse.forget")
def forget() -> None:
    Received.objects.filter(at__lt=clock.real_now() - KNOWN_FOR).exclude(state="due").delete()

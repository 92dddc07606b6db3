"""What we could not work on: somebody looks, and it is tried again or let go."""

from datetime import datetime

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.fediverse import access
from hue.fediverse.documents import host_of
from hue.fediverse.models import Received
from hue.jobs import queue
from hue.pages.alarms import end_alarm, raise_alarm
from hue.people.access import require
from hue.people.models import Officer
from hue.people.roles import Permission

ALARM = "fediverse fault"
SET_ASIDE = Kind("fediverse.set_aside", "A message from {host} could not be worked on: {fault}.")
TRIED_AGAIN = Kind("fediverse.tried_again", "{by} had a message from {host} tried once more.")
LET_GO = Kind("fediverse.let_go", "{by} let a message from {host} go, unread by the software.")


@transaction.atomic
def set_aside(*, by: Officer, at: datetime, received: Received, fault: Exception) -> None:
    """It keeps its body, which tells whoever mends us what we did not think of."""
    access.require_software(by)
    host, kind = host_of(received.activity_id), type(fault).__name__
    received.move_to("stuck", why=f"{kind}: {fault}"[:300])
    record(SET_ASIDE, by=by, at=at, subject=received, data={"host": host, "fault": kind})
    raise_alarm(
        ALARM,
        f"A message from {host} ({received.kind}) could not be worked on: a fault of ours. It "
        "stays on the page Fediverse until somebody has it tried again or lets it go.",
        at=at,
    )


@transaction.atomic
def try_again(*, by: Officer, at: datetime, received: Received) -> None:
    require(by, Permission.OPEN_ACCOUNTS)
    received.move_to("due", why="")
    host = host_of(received.activity_id)
    record(TRIED_AGAIN, by=by, at=at, subject=received, data={"host": host})
    _all_looked_at(at)
    queue.defer("fediverse.receive", once="fediverse.receive")


@transaction.atomic
def let_go(*, by: Officer, at: datetime, received: Received) -> None:
    require(by, Permission.OPEN_ACCOUNTS)
    access.is_stuck(received)
    received.move_to("refused", body={})
    host = host_of(received.activity_id)
    record(LET_GO, by=by, at=at, subject=received, data={"host": host})
    _all_looked_at(at)


def _all_looked_at(at: datetime) -> None:
    if not Received.objects.stuck().exists():
        end_alarm(ALARM, at=at)

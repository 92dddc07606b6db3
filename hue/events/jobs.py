import logging
from datetime import datetime, timedelta

from hue.events import actions
from hue.events.models import LiveEvent
from hue.governance import policy
from hue.jobs.queue import every
from hue.lib import clock
from hue.people import queries as people
from hue.states.moving import MovedMeanwhile

log = logging.getLogger(__name__)


@every("* * * * * *", "events.due")
def move_due() -> None:
    move_by(at=clock.now())


def move_by(*, at: datetime) -> None:
    """Events start, close and end at their time; after a night without a worker, all of it."""
    system = people.system()
    after = timedelta(days=policy.in_force(at=at).event_closing_days)
    for state, due in (
        ("live", LiveEvent.objects.due_to_start(at=at)),
        ("closing", LiveEvent.objects.due_to_close(at=at)),
        ("closed", LiveEvent.objects.due_to_end(at=at, after=after)),
    ):
        for event in due:
            try:
                actions.move(by=system, at=at, event=event, state=state)
            except MovedMeanwhile as meanwhile:
                log.warning("%s: %s", event, meanwhile)

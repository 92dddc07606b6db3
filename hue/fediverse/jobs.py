"""What came from elsewhere is worked on."""

import logging

from hue.fediverse import actions
from hue.fediverse.models import Received
from hue.jobs.queue import job
from hue.lib import clock
from hue.people import queries as people
from hue.states.moving import MovedMeanwhile

log = logging.getLogger(__name__)
AT_ONCE = 200


@job("fediverse.receive")
def receive() -> None:
    system = people.system()
    while found := list(_due()):
        for received in found:
            try:
                actions.receive(by=system, at=clock.now(), received=received)
            except MovedMeanwhile:
                continue  # another worker was faster


def _due() -> "list[Received]":
    return list(Received.objects.due().select_related("stranger__server")[:AT_ONCE])

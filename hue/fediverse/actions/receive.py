"""What a verified activity means to us."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from django.db import transaction

from hue.fediverse import access
from hue.fediverse.access import NotTaken
from hue.fediverse.actions.follow import follow
from hue.fediverse.models import Received
from hue.people.models import Officer


class Verb(Protocol):
    def __call__(self, *, by: Officer, at: datetime, received: Received) -> None: ...


VERBS: Mapping[str, Verb] = {
    "Follow": follow,
}


@transaction.atomic
def receive(*, by: Officer, at: datetime, received: Received) -> None:
    """Done, or refused with the reason; emptied either way."""
    access.require_software(by)
    try:
        with transaction.atomic():
            access.require_known(received)
            VERBS[received.kind](by=by, at=at, received=received)
    except NotTaken as reason:
        received.move_to("refused", body={}, why=str(reason)[:300])
    else:
        received.move_to("done", body={})

"""Verified activities become rows."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from hue.fediverse import access
from hue.fediverse.accounts import Account
from hue.fediverse.incoming import Incoming
from hue.fediverse.models import Received, Stranger
from hue.fediverse.strangers import strangers_of
from hue.jobs import queue
from hue.people.models import Officer


class Taken(NamedTuple):
    account: Account
    stored: bool  # the account, as it is
    activity: Incoming


@transaction.atomic
def take(*, by: Officer, at: datetime, taken: Sequence[Taken]) -> None:
    """What came before is known by its id, and stays as it is."""
    access.require_software(by)
    strangers = strangers_of([one.account for one in taken if not one.stored], at=at)
    stored = {one.account.uri for one in taken} - strangers.keys()
    strangers |= {row.uri: row for row in Stranger.objects.filter(uri__in=stored)}
    rows = {one.activity.id: _row(one, strangers, at) for one in taken}
    Received.objects.bulk_create(rows.values(), ignore_conflicts=True)
    queue.defer("fediverse.receive", once="fediverse.receive")


def _row(taken: Taken, strangers: dict[str, Stranger], at: datetime) -> Received:
    return Received(
        activity_id=taken.activity.id,
        kind=taken.activity.kind,
        stranger=strangers.get(taken.account.uri),
        body=taken.activity.whole,
        at=at,
    )

"""Somebody elsewhere changed what their account says."""

from datetime import datetime

from hue.fediverse import access
from hue.fediverse.accounts import NotTold, read
from hue.fediverse.documents import object_of
from hue.fediverse.models import Received
from hue.fediverse.strangers import strangers_of
from hue.people.models import Officer


def change_profile(*, by: Officer, at: datetime, received: Received) -> None:
    """Where they are reached, and by which key: their own, signed by the one before."""
    access.require_software(by)
    try:
        account = read(object_of(received.body))
    except NotTold as why:
        raise access.NotTaken(str(why)) from why
    access.require_oneself(received, account.uri)
    strangers_of([account], at=at)

"""Readers who asked another installation, and are taken over with their yes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.lib import sealing
from hue.people.access import Refused
from hue.people.models import Officer
from hue.subscribers import access, addresses
from hue.subscribers.choosing import Wish, open_lists, settle
from hue.subscribers.models import Subscriber, Takeover

TAKEN_OVER = Kind("watch.taken_over", "{by} took over {count} readers of {force}.")


@dataclass(frozen=True)
class Mover:
    """Somebody who reads elsewhere, and what they said there."""

    via: str
    address: str
    asked_at: datetime
    confirmed_at: datetime
    consent: str
    wish: Wish
    forwards: bool = False


@transaction.atomic
def take_over(*, by: Officer, at: datetime, force: str, movers: Iterable[Mover]) -> int:
    """How many are new here. Each is told of it once, with a way out in one tap."""
    access.may_look_after(by)
    takeover, is_new = Takeover.objects.get_or_create(
        force=force, defaults={"at": at, "readers": 0}
    )
    if not is_new:
        raise Refused(f"The readers of {force} were taken over on {takeover.at:%d %B %Y}.")
    takeover.readers = sum(_keep(at, force, mover) for mover in movers)
    takeover.save()
    told = {"count": takeover.readers, "force": force}
    record(TAKEN_OVER, by=by, at=at, subject=takeover, data=told)
    return takeover.readers


def _keep(at: datetime, force: str, mover: Mover) -> bool:
    """Who reads here already, or just asked to, goes on as they chose here."""
    address = addresses.in_one_form(mover.via, mover.address)
    known = addresses.known_by(mover.via, address)
    if Subscriber.objects.filter(known=known).exists():
        return False
    row = Subscriber.objects.create(
        via=mover.via,
        sealed=sealing.seal_text(address),
        known=known,
        asked_at=mover.asked_at,
        greet_at=at,
        consent=mover.consent,
        forwards=mover.forwards,
        moved_from=force,
        moved_at=at,
    )
    settle(row, mover.wish)
    if missing := {*mover.wish.neighbourhoods} - {one.slug for one in row.neighbourhoods.all()}:
        raise Refused(
            f"There is no neighbourhood {min(missing)} here, about which somebody reads: "
            "import the areas first, then run this again."
        )
    row.save()
    row.move_to("reading", confirmed_at=mover.confirmed_at)
    open_lists(row, at=at)
    return True

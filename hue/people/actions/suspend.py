"""Out within a second, and back in; and the phones that carry what somebody wrote."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.jobs import queue
from hue.lib.html import plain
from hue.people import access
from hue.people.access import Refused, require
from hue.people.models import Invitation, Officer, Phone
from hue.people.roles import Permission
from hue.streams.tell import tell

SUSPENDED = Kind("person.suspended", "{by} suspended {name}: {reason}")
REINSTATED = Kind("person.reinstated", "{by} reinstated {name}: {reason}")
LEFT = Kind("person.left", "{by} recorded that {name} has left.")
PHONE_KNOWN = Kind("phone.registered", "{by} uses a phone that the desk did not know.")
PHONE_FORGOTTEN = Kind("phone.forgotten", "{by} gave up a phone.")
PHONE_WIPED = Kind("phone.wiped", "{by} had a phone of {name} cleared at its next contact.")


@transaction.atomic
def suspend(*, by: Officer, at: datetime, officer: Officer, reason: str) -> Officer:
    """Sessions and open streams end, the phone is wiped at its next contact.

    What is scheduled is held by the room above, which is asked to look at once. Nothing public
    changes.
    """
    require(by, Permission.SUSPEND_PEOPLE)
    access.not_oneself(by, officer, "suspend themselves")
    if "system" in officer.roles:
        raise Refused("The software itself is not suspended: stop everything instead.")
    reason = plain(reason)
    if not reason:
        raise Refused("Say why: the reason stands in the record.")
    serving = Officer.objects.filter(pk=officer.pk, suspended_at=None, left_at=None)
    if not serving.update(suspended_at=at, epoch=F("epoch") + 1):
        raise Refused(f"{officer} is suspended already, or has left.")
    _shut_out(officer, at)
    officer.refresh_from_db(fields=["suspended_at", "epoch"])
    told = {"name": str(officer), "reason": reason}
    record(SUSPENDED, by=by, at=at, subject=officer, personal=told)
    # It looks each second anyway; a second after that would be too late.
    queue.defer("publishing.due", once="publishing.due", timestamp=int(at.timestamp()))
    return officer


@transaction.atomic
def reinstate(*, by: Officer, at: datetime, officer: Officer, reason: str) -> Officer:
    """They sign in again themselves; what was held meanwhile waits for a person."""
    require(by, Permission.SUSPEND_PEOPLE)
    access.not_oneself(by, officer, "reinstate themselves")
    reason = plain(reason)
    if not reason:
        raise Refused("Say why: the reason stands in the record.")
    back = Officer.objects.filter(pk=officer.pk, left_at=None).exclude(suspended_at=None)
    if not back.update(suspended_at=None, epoch=F("epoch") + 1):
        raise Refused(f"{officer} is not suspended.")
    officer.refresh_from_db(fields=["suspended_at", "epoch"])
    told = {"name": str(officer), "reason": reason}
    record(REINSTATED, by=by, at=at, subject=officer, personal=told)
    return officer


@transaction.atomic
def leave(*, by: Officer, at: datetime, officer: Officer) -> Officer:
    """No longer works here: cannot sign in, is no longer named in public."""
    require(by, Permission.MANAGE_PEOPLE)
    access.not_oneself(by, officer, "record that they left")
    access.somebody_left_to_manage(officer)
    gone = Officer.objects.filter(pk=officer.pk, left_at=None)
    if not gone.update(left_at=at, public=False, epoch=F("epoch") + 1):
        raise Refused(f"{officer} has left already.")
    _shut_out(officer, at)
    officer.refresh_from_db(fields=["left_at", "public", "epoch"])
    record(LEFT, by=by, at=at, subject=officer, personal={"name": str(officer)})
    queue.defer("publishing.sign_again", priority=queue.BULK, officer=officer.pk)
    queue.defer("media.portrait", officer=officer.pk)
    return officer


@transaction.atomic
def register_phone(*, by: Officer, at: datetime, phone: str) -> Phone:
    """This person uses this device now; what another left on it is another's no more."""
    require(by, Permission.SEE_DESK)
    known, new = Phone.objects.update_or_create(
        id=phone, defaults={"officer": by, "seen_at": at, "wiped_at": None}
    )
    if new:
        record(PHONE_KNOWN, by=by, at=at, subject=by)
    return known


@transaction.atomic
def forget_phone(*, by: Officer, at: datetime, phone: Phone) -> None:
    """One's own, lost or given back: cleared at its next contact."""
    access.require_own(by, phone)
    Phone.objects.filter(pk=phone.pk).update(wiped_at=at)
    record(PHONE_FORGOTTEN, by=by, at=at, subject=by)


@transaction.atomic
def wipe_phone(*, by: Officer, at: datetime, phone: Phone) -> None:
    """It was told to clear itself. Recorded the first time; a phone asks again and again."""
    require(by, Permission.SUSPEND_PEOPLE)
    if Phone.objects.filter(pk=phone.pk, wiped_at=None).update(wiped_at=at):
        told = {"name": str(phone.officer)}
        record(PHONE_WIPED, by=by, at=at, subject=phone.officer, personal=told)


def _shut_out(officer: Officer, at: datetime) -> None:
    Invitation.objects.open(at=at).filter(officer=officer).update(expires_at=at)
    tell("sessions", "ended", {"officer": officer.pk}, at=at)

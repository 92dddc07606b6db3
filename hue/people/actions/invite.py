"""The link that works once: for a new colleague, and for one who lost the way in."""

import secrets
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import F

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.people import access
from hue.people.access import Refused, require
from hue.people.models import Invitation, Officer
from hue.people.roles import Permission
from hue.streams.tell import tell

INVITED = Kind("person.invited", "{by} made a sign-in link for {name}.")
INVITATION_USED = Kind("person.invitation_used", "{by} set a password with a sign-in link.")
FACTOR_FORGOTTEN = Kind("person.factor_forgotten", "{by} took the second factor of {name} away.")
VALID = timedelta(days=3)


@transaction.atomic
def invite(*, by: Officer, at: datetime, officer: Officer) -> str:
    """The token for the link. It is shown once; only its hash is kept. Older links end."""
    require(by, Permission.MANAGE_PEOPLE)
    access.not_oneself(by, officer, "make a sign-in link for themselves")
    if not officer.is_active or "system" in officer.roles:
        raise Refused(f"{officer} may not sign in, so there is no link.")
    Invitation.objects.open(at=at).filter(officer=officer).update(expires_at=at)
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(
        digest=access.digest(token), officer=officer, by=by, at=at, expires_at=at + VALID
    )
    record(INVITED, by=by, at=at, subject=officer, personal={"name": str(officer)})
    return token


@transaction.atomic
def accept_invitation(*, by: Invitation, at: datetime, password: str) -> Officer:
    """Whoever holds the link acts as the officer it was made for."""
    access.require_usable(by, at=at)
    # Twice at once: the second finds no row to change.
    if not Invitation.objects.open(at=at).filter(pk=by.pk).update(used_at=at):
        raise Refused(access.SPENT)
    officer = Officer.objects.select_for_update().get(pk=by.officer.pk)
    officer.set_password(password)
    officer.epoch += 1
    officer.save(update_fields=["password", "epoch"])
    record(INVITATION_USED, by=officer, at=at, subject=officer)
    return officer


@transaction.atomic
def forget_second_factor(*, by: Officer, at: datetime, officer: Officer) -> None:
    """After a lost phone or key: the next sign-in asks for a new one. Open sessions end."""
    require(by, Permission.MANAGE_PEOPLE)
    access.not_oneself(by, officer, "take their own second factor away")
    Authenticator.objects.filter(user=officer).delete()
    Officer.objects.filter(pk=officer.pk).update(epoch=F("epoch") + 1)
    tell("sessions", "ended", {"officer": officer.pk}, at=at)
    record(FACTOR_FORGOTTEN, by=by, at=at, subject=officer, personal={"name": str(officer)})

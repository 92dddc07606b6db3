"""Who may, in words."""

import hashlib
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.utils.text import slugify

from hue.people.models import Invitation, Officer, Phone
from hue.people.roles import ROLES, Permission, holders

# Who can do one of these needs more than a password.
WEIGHTY = frozenset(Permission) - {
    Permission.SEE_DESK,
    Permission.WRITE_POSTS,
    Permission.RECORD_INCIDENTS,
    Permission.KEEP_RUMOURS,
    Permission.READ_RECORD,
}
SPENT = "This link was used already, or is too old. Ask your administrator for a new one."
_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class Refused(Exception):
    """Somebody may not; the message is the reason, fit to be shown to them."""


def require(officer: Officer, permission: Permission) -> None:
    if officer.suspended_at is not None:
        raise Refused("This account is suspended.")
    if not officer.may(permission):
        can = ", ".join(ROLES[role].name.lower() for role in holders(permission))
        raise Refused(f"You may not {permission}. These roles may: {can}.")


def require_any(officer: Officer, permissions: frozenset[Permission]) -> None:
    """One of them is enough; the refusal speaks of the first."""
    if not any(officer.may(permission) for permission in permissions):
        require(officer, min(permissions, key=list(Permission).index))


def not_oneself(officer: Officer, other: Officer, doing: str) -> None:
    if officer.pk == other.pk:
        raise Refused(f"Nobody may {doing}: ask a colleague.")


def known_roles(roles: list[str]) -> list[str]:
    """The roles in the order of the permissions page; the software's own is not given away."""
    if strange := set(roles) - (ROLES.keys() - {"system"}):
        raise Refused(f"There is no role “{min(strange)}” that a person can have.")
    return [slug for slug in ROLES if slug in roles]


def somebody_left_to_manage(officer: Officer) -> None:
    """Whoever is about to go must not be the last who can add people."""
    others = Officer.objects.serving().exclude(pk=officer.pk)
    if officer.may(Permission.MANAGE_PEOPLE) and not any(
        other.may(Permission.MANAGE_PEOPLE) for other in others
    ):
        raise Refused("Nobody else could add people: make another administrator first.")


def needs_second_factor(officer: Officer) -> bool:
    """Roles that publish, approve, stop or rule need one, and this person has none."""
    weighty = any(WEIGHTY & ROLES[role].may for role in officer.roles)
    return weighty and not has_second_factor(officer)


def has_second_factor(officer: Officer) -> bool:
    found: bool = Authenticator.objects.filter(user=officer, type__in=_FACTORS).exists()
    return found


def is_linked(officer: Officer) -> bool:
    """Somebody at the force's directory signs in as this officer."""
    found: bool = SocialAccount.objects.filter(user=officer).exists()
    return found


def not_linked_yet(officer: Officer) -> None:
    if is_linked(officer):
        raise Refused(
            f"Somebody else at the directory signs in as “{officer.username}” already. If that is "
            "an old account of yours, ask an administrator to let it go, then sign in again."
        )


def require_own(officer: Officer, phone: Phone) -> None:
    if phone.officer.pk != officer.pk:
        raise Refused("That is somebody else's phone.")


def require_invitation(token: str, *, at: datetime) -> Invitation:
    """The invitation behind a link."""
    found = Invitation.objects.filter(digest=digest(token)).select_related("officer").first()
    if found is None:
        raise Refused(SPENT)
    require_usable(found, at=at)
    return found


def require_usable(invitation: Invitation, *, at: datetime) -> None:
    ended = invitation.used_at is not None or invitation.expires_at <= at
    if ended or not invitation.officer.is_active:
        raise Refused(SPENT)


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def slug_of(name: str) -> str:
    """What stands in an address for a new unit or team."""
    slug = slugify(name)[:50]
    if not slug:
        raise Refused(f"“{name}” has no name from which an address could be made.")
    return slug

from datetime import datetime

from django.db.models import Q, QuerySet

from hue.governance import policy
from hue.governance.models import Acceptance, Election, Halt, Pack, PolicyVersion
from hue.people.access import Refused, require_any
from hue.people.models import Officer
from hue.people.roles import Permission

HEARD = 8  # characters of a fingerprint that somebody reads out


def require_acceptance(officer: Officer, *, at: datetime) -> None:
    """The policy in force was accepted by this person, in this version."""
    number = policy.in_force(at=at).number
    if number and not has_accepted(officer, number):
        raise Refused("The policy has changed: read and accept it, then post.")


def has_accepted(officer: Officer, number: int) -> bool:
    return accepted(number).filter(officer=officer).exists()


def accepted(number: int) -> QuerySet[Acceptance]:
    """Of this version, or of the earlier one that it goes back to."""
    same = Q(version__number=number) | Q(version__again__number=number)
    return Acceptance.objects.filter(same)


def require_no_halt() -> None:
    halt = Halt.objects.in_force().first()
    if halt is not None:
        raise Refused(f"Everything is stopped at the moment: {halt.reason}")


def is_a_period(starts_at: datetime, ends_at: datetime, *, at: datetime) -> None:
    if ends_at <= starts_at:
        raise Refused("The period ends before it begins: change one of the times.")
    if ends_at <= at:
        raise Refused("This period is over already: note the next one.")


def is_not_over(election: Election, *, at: datetime) -> None:
    if election.ended_at is not None or election.ends_at <= at:
        raise Refused("This election period is over: its names change nothing any more.")


def require_policy_maker(officer: Officer) -> None:
    require_any(officer, frozenset({Permission.SET_POLICY, Permission.AGREE_POLICY}))


def require_known_key(pack: Pack) -> None:
    if not pack.signer:
        raise Refused(
            "Nobody here has made sure whose key signed this pack: ask the force that made it to "
            "read you the end of its key's fingerprint, and confirm it first."
        )


def same_fingerprint(pack: Pack, heard: str) -> None:
    told = "".join(heard.split()).lower()
    if len(told) < HEARD or not pack.fingerprint.endswith(told):
        raise Refused(
            f"That is not how the key of this pack ends: {HEARD} characters or more, as the other "
            "force reads them to you. If they differ, do not use this file."
        )


def same_policy(seen: int, *, at: datetime) -> None:
    """A comparison with what is no longer in force says nothing."""
    number = policy.in_force(at=at).number
    if number != seen:
        raise Refused(f"Version {number} came into force meanwhile: look what would change now.")


def may_go_back_to(version: PolicyVersion, *, at: datetime) -> None:
    if version.in_force_at > at:
        raise Refused("That version has not been in force yet: there is nothing to go back to.")
    planned = PolicyVersion.objects.filter(number__gt=version.number).exists()
    if version == policy.version_in_force(at=at) and not planned:
        raise Refused("That version is in force now, and no other is planned.")

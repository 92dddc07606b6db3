"""What holds for everybody: acceptance of the policy, stop all, the register."""

from datetime import datetime, timedelta

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.governance import policy
from hue.governance.models import Acceptance, Halt, PolicyVersion, Removal
from hue.lib.html import plain
from hue.pages import stale
from hue.people.access import Refused, require
from hue.people.models import Officer
from hue.people.roles import Permission
from hue.streams.tell import tell

POLICY_ACCEPTED = Kind("policy.accepted", "{by} accepted policy version {number}.")
HALTED = Kind("halt.called", "{by} stopped everything: {reason}")
HALT_LIFTED = Kind("halt.lifted", "{by} lifted the stop: {reason}")
REGISTERED = Kind("removal.registered", "{by} put into the public register: {what}. {reason}")


@transaction.atomic
def accept_policy(*, by: Officer, at: datetime, seen: int | None = None) -> Acceptance:
    """`seen` is the version that was on the screen; another one is read first."""
    require(by, Permission.SEE_DESK)
    number = policy.in_force(at=at).number
    if number == 0:
        raise Refused("No policy has been set yet: there is nothing to accept.")
    if seen not in {None, number}:
        raise Refused(f"Version {number} came into force meanwhile: read that one.")
    version = PolicyVersion.objects.get(number=number)
    acceptance, new = Acceptance.objects.get_or_create(
        officer=by, version=version, defaults={"at": at}
    )
    if new:
        record(POLICY_ACCEPTED, by=by, at=at, subject=version, data={"number": number})
    return acceptance


@transaction.atomic
def stop_all(*, by: Officer, at: datetime, reason: str) -> Halt:
    """From now on nothing goes out, until somebody lifts it; a second call keeps the first."""
    require(by, Permission.STOP_ALL)
    reason = plain(reason)
    if not reason:
        raise Refused("Say why everything must stop: it is shown to everybody on the desk.")
    halt, new = Halt.objects.in_force().get_or_create(
        lifted_at=None, defaults={"by": by, "at": at, "reason": reason}
    )
    if new:
        record(HALTED, by=by, at=at, subject=halt, data={"reason": halt.reason})
        tell("desk", "banner", {"halt": halt.reason, "by": str(by)}, at=at)
    return halt


@transaction.atomic
def lift_stop(*, by: Officer, at: datetime, halt: Halt, reason: str) -> None:
    """Nothing goes out by that: what was held waits for a person, post by post."""
    require(by, Permission.STOP_ALL)
    reason = plain(reason)
    if not reason:
        raise Refused("Say why it may go on: it stands in the record.")
    if Halt.objects.filter(pk=halt.pk, lifted_at=None).update(lifted_at=at, lifted_by=by):
        record(HALT_LIFTED, by=by, at=at, subject=halt, data={"reason": reason})
        tell("desk", "banner", {"halt": None, "by": str(by)}, at=at)


@transaction.atomic
def register_removal(
    *, by: Officer, at: datetime, what: str, subject: str, address: str, reason: str, rule: str = ""
) -> Removal:
    """A line for `/removed/`. Who may was asked by the action that removes."""
    require(by, Permission.SEE_DESK)
    delay = timedelta(minutes=policy.in_force(at=at).removed_public_after_minutes)
    removal = Removal.objects.create(
        what=what,
        subject=subject,
        address=address,
        reason=reason,
        rule=rule,
        role=by.record_role,
        at=at,
        public_at=at + delay,
    )
    record(REGISTERED, by=by, at=at, subject=subject, data={"what": what, "reason": reason})
    stale.mark(("publishing.removed", ""), at=at)
    return removal

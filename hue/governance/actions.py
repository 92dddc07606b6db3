"""Policy into force, acceptance, stop all, the register."""

from datetime import datetime, timedelta

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.governance import access, policy
from hue.governance.models import Acceptance, Election, Halt, PolicyVersion, Removal
from hue.lib.html import plain
from hue.pages import stale
from hue.people.access import Refused, require
from hue.people.models import Officer
from hue.people.roles import Permission
from hue.streams.tell import tell

POLICY_SET = Kind("policy.set", "{by} put policy version {number} into force.")
POLICY_ACCEPTED = Kind("policy.accepted", "{by} accepted policy version {number}.")
ELECTION_NOTED = Kind("election.noted", "{by} noted an election: {name}, {first} to {last}.")
CANDIDATES = Kind("election.candidates", "{by} said who stands in {name}: {names}.")
ELECTION_ENDED = Kind("election.ended", "{by} ended the election period of {name}.")
HALTED = Kind("halt.called", "{by} stopped everything: {reason}")
HALT_LIFTED = Kind("halt.lifted", "{by} lifted the stop: {reason}")
REGISTERED = Kind("removal.registered", "{by} put into the register that {what}: {reason}")


@transaction.atomic
def set_policy(
    *, by: Officer, at: datetime, text: str, values: dict[str, object], in_force_at: datetime
) -> PolicyVersion:
    """A new version; everybody accepts it before their next post. Older ones stay to be read."""
    require(by, Permission.SET_POLICY)
    text = plain(text)
    if not text:
        raise Refused("A policy has words: what people accept.")
    last = PolicyVersion.objects.order_by("-number").first()
    version, new = PolicyVersion.objects.get_or_create(
        number=last.number + 1 if last else 1,
        defaults={
            "text": text,
            "values": policy.checked(values),
            "in_force_at": in_force_at,
            "by": by,
        },
    )
    if not new:
        raise Refused(
            f"{version.by} set version {version.number} at this very moment: read it, then set "
            "yours."
        )
    record(POLICY_SET, by=by, at=at, subject=version, data={"number": version.number})
    return version


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
def note_election(
    *,
    by: Officer,
    at: datetime,
    name: str,
    starts_at: datetime,
    ends_at: datetime,
    candidates: list[str],
) -> Election:
    """From its first to its last moment the guard reads every text for who stands in it."""
    require(by, Permission.SET_ELECTIONS)
    access.is_a_period(starts_at, ends_at, at=at)
    election = Election.objects.create(
        name=plain(name),
        starts_at=starts_at,
        ends_at=ends_at,
        candidates=list(map(plain, candidates)),
        by=by,
        at=at,
    )
    told = {"name": election.name, "first": f"{starts_at:%Y-%m-%d}", "last": f"{ends_at:%Y-%m-%d}"}
    record(ELECTION_NOTED, by=by, at=at, subject=election, data=told)
    _say_who_stands(by, at, election)
    return election


@transaction.atomic
def change_candidates(
    *, by: Officer, at: datetime, election: Election, candidates: list[str]
) -> Election:
    require(by, Permission.SET_ELECTIONS)
    election = Election.objects.select_for_update().get(pk=election.pk)
    access.is_not_over(election, at=at)
    election.candidates = list(map(plain, candidates))
    election.save(update_fields=["candidates"])
    _say_who_stands(by, at, election)
    return election


@transaction.atomic
def end_election(*, by: Officer, at: datetime, election: Election) -> None:
    """Called off, or noted by mistake."""
    require(by, Permission.SET_ELECTIONS)
    if Election.objects.filter(pk=election.pk, ended_at=None).update(ended_at=at):
        record(ELECTION_ENDED, by=by, at=at, subject=election, data={"name": election.name})


def _say_who_stands(by: Officer, at: datetime, election: Election) -> None:
    names = ", ".join(election.candidates) or "nobody is named"
    told = {"name": election.name, "names": names}
    record(CANDIDATES, by=by, at=at, subject=election, data=told)


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

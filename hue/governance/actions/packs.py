"""A policy: proposed as a pack, agreed to by a second person, rolled back, taken out."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.governance import access, policy
from hue.governance.models import KnownKey, Pack, PolicyVersion
from hue.governance.packfile import shipped
from hue.governance.packfile.pack import Head
from hue.governance.packfile.read import read
from hue.governance.packfile.write import signed, write
from hue.governance.policy import Policy
from hue.jobs import queue
from hue.lib.html import plain
from hue.people.access import Refused, not_oneself, require
from hue.people.models import Officer
from hue.people.queries import the_force
from hue.people.roles import Permission

PROPOSED = Kind("policy.proposed", "{by} proposed the policy pack {title}, signed with key {key}.")
CONFIRMED = Kind("policy.key", "{by} confirmed that the key {key} is that of {whose}: {how}")
SET = Kind("policy.set", "{by} put policy version {number} into force.")
BACK = Kind("policy.back", "{by} went back to policy {earlier}, as version {number}: {reason}")
DROPPED = Kind("policy.dropped", "{by} dropped the proposed policy pack {title}.")
TAKEN_OUT = Kind("policy.taken_out", "{by} took policy version {number} out as a signed file.")


@transaction.atomic
def propose(
    *,
    by: Officer,
    at: datetime,
    text: str,
    values: dict[str, object],
    in_force_at: datetime | None = None,
) -> Pack:
    """Another text and other numbers for what is in force; the guard's words stay."""
    now = policy.in_force(at=at)
    text = plain(text)
    if not text:
        raise Refused("A policy has words: what people accept.")
    after = replace(now, text=text, **policy.known(policy.checked(values)))
    file = signed(write(_head(at), after))
    return take_in(by=by, at=at, file=file.encode(), in_force_at=in_force_at)


@transaction.atomic
def take_in(*, by: Officer, at: datetime, file: bytes, in_force_at: datetime | None = None) -> Pack:
    """A proposal, from a file. Raises PackRefused with each fault; what is in force stays."""
    require(by, Permission.SET_POLICY)
    found = read(file)
    pack = Pack(
        title=found.head.title,
        made_by=found.head.made_by,
        edition=found.head.edition,
        jurisdiction=found.head.jurisdiction,
        sources=found.head.sources,
        text=found.text,
        values=found.values,
        guard=found.guard,
        file=found.file,
        fingerprint=found.fingerprint,
        in_force_at=in_force_at,
        by=by,
        at=at,
    )
    if not pack.is_ours:
        pack.guard = _with_what_is_ours(found.guard, policy.in_force(at=at))
    pack.save()
    told = {"title": str(pack), "key": pack.fingerprint}
    record(PROPOSED, by=by, at=at, subject=pack, data=told)
    queue.defer("publishing.preview_policy", pack=pack.pk)
    return pack


@transaction.atomic
def confirm_key(
    *, by: Officer, at: datetime, pack: Pack, whose: str, how: str, heard: str
) -> KnownKey:
    """`heard`: how the fingerprint ends, as the other force tells it and not as the file does."""
    require(by, Permission.SET_POLICY)
    whose, how = plain(whose), plain(how)
    if not whose or not how:
        raise Refused("Say whose key it is, and how you made sure: it stands in the record.")
    access.same_fingerprint(pack, heard)
    key, new = KnownKey.objects.get_or_create(
        fingerprint=pack.fingerprint, defaults={"whose": whose, "how": how, "by": by, "at": at}
    )
    if new:
        told = {"key": key.fingerprint, "whose": whose, "how": how}
        record(CONFIRMED, by=by, at=at, subject=pack, data=told)
    return key


@transaction.atomic
def agree(
    *, by: Officer, at: datetime, pack: Pack, seen: int, in_force_at: datetime | None = None
) -> PolicyVersion:
    """Into force, at once or at a time. `seen`: the version that it was compared with.

    Everybody accepts it before their next post. Older versions stay to be read.
    """
    require(by, Permission.AGREE_POLICY)
    not_oneself(by, pack.by, "agree to a policy that they proposed themselves")
    access.require_known_key(pack)
    access.same_policy(seen, at=at)
    pack.move_to("agreed")
    version = _version(
        text=pack.text,
        values=pack.values,
        guard=pack.guard,
        in_force_at=max(in_force_at or at, at),
        by=pack.by,
        agreed_by=by,
        pack=pack,
    )
    record(SET, by=by, at=at, subject=version, data={"number": version.number})
    _look_again()
    return version


@transaction.atomic
def drop(*, by: Officer, at: datetime, pack: Pack) -> None:
    access.require_policy_maker(by)
    pack.move_to("dropped")
    record(DROPPED, by=by, at=at, subject=pack, data={"title": str(pack)})


@transaction.atomic
def roll_back(*, by: Officer, at: datetime, to: PolicyVersion, reason: str) -> PolicyVersion:
    """At once, and by one person: two agreed to that version before. Nothing is deleted."""
    require(by, Permission.SET_POLICY)
    access.may_go_back_to(to, at=at)
    reason = plain(reason)
    if not reason:
        raise Refused("Say why you go back: it stands in the record.")
    version = _version(
        text=to.text,
        values=to.values,
        guard=to.guard,
        in_force_at=at,
        by=by,
        back_to=to.back_to or to,
    )
    told = {"earlier": str(to), "number": version.number, "reason": reason}
    record(BACK, by=by, at=at, subject=version, data=told)
    _look_again()
    return version


@transaction.atomic
def take_out(*, by: Officer, at: datetime) -> str:
    """The policy in force as a file that another force can take over, signed with our key."""
    require(by, Permission.SET_POLICY)
    now = policy.in_force(at=at)
    record(TAKEN_OUT, by=by, at=at, subject=f"policy:{now.number}", data={"number": now.number})
    return signed(write(_head(at), now))


def _version(**told: Any) -> PolicyVersion:
    last = PolicyVersion.objects.order_by("-number").first()
    number = last.number + 1 if last else 1
    version, new = PolicyVersion.objects.get_or_create(number=number, defaults=told)
    if not new:
        raise Refused(
            f"{version.agreed_by or version.by} put version {version.number} into force at this "
            "very moment: look at that one first."
        )
    return version


def _look_again() -> None:
    """What waits is now to be compared with another policy."""
    for pack in Pack.objects.filter(state="waiting"):
        queue.defer("publishing.preview_policy", pack=pack.pk)


def _head(at: datetime) -> Head:
    """Ours, with what the pack in force says of its law and sources."""
    version = policy.version_in_force(at=at)
    pack = version.pack if version else None
    return Head(
        title=f"Policy of {the_force().name}",
        made_by=the_force().name,
        edition=f"{at:%Y-%m-%d}",
        jurisdiction=pack.jurisdiction if pack else shipped.HEAD.jurisdiction,
        sources=pack.sources if pack else shipped.HEAD.sources,
    )


def _with_what_is_ours(guard: dict[str, Any], now: Policy) -> dict[str, Any]:
    """Another force's own numbers, addresses and postcodes are not ours."""
    theirs = policy.guard_of(json.dumps(guard))
    ours = {
        entry.name: getattr(now.guard, entry.name)
        for entry in policy.guard_rules()
        if entry.metadata.get("ours")
    }
    return policy.told_of(replace(theirs, **ours))

"""Opening, closing and moving the accounts under which the force speaks elsewhere."""

from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.fediverse import access, keys, names, profiles, say
from hue.fediverse.models import Actor
from hue.jobs import queue
from hue.pages import stale
from hue.people.access import Refused, require
from hue.people.models import Officer
from hue.people.roles import Permission

OPENED = Kind("fediverse.opened", "{by} opened the account {handle} on the fediverse.")
CLOSED = Kind("fediverse.closed", "{by} closed the account {handle} for good: {reason}")
MOVED = Kind("fediverse.moved", "{by} moved the account {handle} to {target}.")
KNOWN_AS = Kind("fediverse.known_as", "{by} let {other} move to the account {handle}.")


@transaction.atomic
def open_account(*, by: Officer, at: datetime, kind: str, key: str, name: str) -> Actor:
    """Its name and its keys are for ever."""
    access.may_open(by, kind, key)
    access.somebody_speaks(kind, key)
    name = access.name_that_works(name)
    if kind != "instance":
        _open_instance(at)
    actor = _made(kind, key, name, at)
    record(OPENED, by=by, at=at, subject=actor, data={"handle": names.handle(name)})
    return actor


@transaction.atomic
def close_account(*, by: Officer, at: datetime, actor: Actor, reason: str) -> None:
    """For ever: nobody else may take a name under which the police has spoken."""
    access.may_close(by, actor)
    if not reason.strip():
        raise Refused("Say why it is closed: it stands in the record.")
    actor.move_to("closed", closed_at=at, changed_at=at)
    told = {"handle": names.handle(actor.name), "reason": reason.strip()}
    record(CLOSED, by=by, at=at, subject=actor, data=told)
    _changed(actor, at)


@transaction.atomic
def move_account(*, by: Officer, at: datetime, actor: Actor, target: str) -> None:
    """Followers are asked to follow the other account, which must name this one."""
    require(by, Permission.OPEN_ACCOUNTS)
    access.is_open(actor)
    target = _address(target)
    actor.move_to("moved", moved_to=target, changed_at=at)
    told = {"handle": names.handle(actor.name), "target": target}
    record(MOVED, by=by, at=at, subject=actor, data=told)
    _changed(actor, at)
    say.moved(actor, target, at=at)


@transaction.atomic
def know_as(*, by: Officer, at: datetime, actor: Actor, other: str) -> None:
    """The followers of an account elsewhere may be sent here."""
    require(by, Permission.OPEN_ACCOUNTS)
    access.is_open(actor)
    other = _address(other)
    actor.also_known_as = [*actor.also_known_as, other]
    actor.changed_at = at
    actor.save(update_fields=["also_known_as", "changed_at"])
    told = {"handle": names.handle(actor.name), "other": other}
    record(KNOWN_AS, by=by, at=at, subject=actor, data=told)
    _changed(actor, at)


def _changed(actor: Actor, at: datetime) -> None:
    """Its page and its file, and an Update for those who follow."""
    _mark(actor, at)
    say.profile(actor, profiles.of(actor), at=at)


def _open_instance(at: datetime) -> None:
    if not Actor.objects.of("instance", "").exists():
        _made("instance", "", names.INSTANCE, at)


def _made(kind: str, key: str, name: str, at: datetime) -> Actor:
    private, public = keys.new_pair()
    actor = Actor.objects.create(
        **{"name": name, "kind": kind, "key": key, "private_key": private, "public_key": public},
        **{"opened_at": at, "changed_at": at},
    )
    _mark(actor, at)
    return actor


def _mark(actor: Actor, at: datetime) -> None:
    own = [("fediverse.actor", actor.name), ("fediverse.outbox", f"{actor.name}/1")]
    stale.mark(*own, ("fediverse.server", ""), at=at)
    queue.defer("fediverse.named", actor=actor.pk)


def _address(told: str) -> str:
    parts = urlsplit(told.strip())
    if parts.scheme != "https" or not parts.hostname:
        raise Refused(
            "Give the address of the other account's profile: “https://social.example/users/them”."
        )
    return told.strip()

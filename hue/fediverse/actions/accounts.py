"""Opening, closing and moving the accounts under which the force speaks elsewhere."""

from datetime import datetime

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.fediverse import access, keys, names, objects, profiles, say
from hue.fediverse.accounts import Account
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
def move_account(*, by: Officer, at: datetime, actor: Actor, target: Account) -> None:
    """Followers are asked to follow the other account; `target` is as its server tells it now."""
    require(by, Permission.OPEN_ACCOUNTS)
    access.is_open(actor)
    access.may_move_to(actor, target)
    actor.move_to("moved", moved_to=target.uri, changed_at=at)
    told = {"handle": names.handle(actor.name), "target": target.uri}
    record(MOVED, by=by, at=at, subject=actor, data=told)
    _changed(actor, at)
    say.moved(actor, target.uri, at=at)


@transaction.atomic
def know_as(*, by: Officer, at: datetime, actor: Actor, other: str) -> None:
    """The followers of an account elsewhere may be sent here."""
    require(by, Permission.OPEN_ACCOUNTS)
    access.is_open(actor)
    other = access.address_that_works(other)
    actor.also_known_as = [*actor.also_known_as, other]
    actor.changed_at = at
    actor.save(update_fields=["also_known_as", "changed_at"])
    told = {"handle": names.handle(actor.name), "other": other}
    record(KNOWN_AS, by=by, at=at, subject=actor, data=told)
    _changed(actor, at)


@transaction.atomic
def tell_profile(*, by: Officer, at: datetime, actor: Actor) -> None:
    """Who speaks under it has changed their name, words or picture: followers see it at once."""
    access.require_software(by)
    actor = Actor.objects.select_for_update().get(pk=actor.pk)
    if actor.state == "open" and actor.told != _digest(actor):
        actor.changed_at = at
        actor.save(update_fields=["changed_at"])
        _changed(actor, at)


def _changed(actor: Actor, at: datetime) -> None:
    """Its page and its file, and an Update for those who follow."""
    _mark(actor, at)
    say.profile(actor, objects.actor(actor, profiles.of(actor)), at=at)
    _know(actor)


def _know(actor: Actor) -> None:
    Actor.objects.filter(pk=actor.pk).update(told=_digest(actor))


def _digest(actor: Actor) -> str:
    return objects.digest_of(objects.actor(actor, profiles.of(actor)))


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
    _know(actor)
    return actor


def _mark(actor: Actor, at: datetime) -> None:
    own = [("fediverse.actor", actor.name), ("fediverse.outbox", f"{actor.name}/1")]
    stale.mark(*own, ("fediverse.server", ""), at=at)
    queue.defer("fediverse.named", actor=actor.pk)

"""What a policy lays down, each with a cautious default: numbers, approval, the guard's words."""

import json
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from hue.governance import kinds
from hue.governance.models import Pack, PolicyVersion
from hue.guard.policy import Policy as GuardPolicy
from hue.people.access import Refused
from hue.people.roles import ROLES, Permission

ENGLAND_AND_WALES = GuardPolicy()
WRITERS = tuple(
    role.slug
    for role in ROLES.values()
    if Permission.WRITE_POSTS in role.may and role.slug != "system"
)


def _switch(default: bool, says: str) -> Any:
    return field(default=default, metadata={"says": says})


def _number(default: int, least: int, most: int, says: str) -> Any:
    return field(default=default, metadata={"says": says, "least": least, "most": most})


@dataclass(frozen=True)
class Policy:
    """What the force has laid down. Times are minutes, hours or days as the name says."""

    number: int = 0
    text: str = "No policy has been set yet."
    approval_needed: bool = _switch(False, "Nobody publishes without a second person")
    second_person_roles: tuple[str, ...] = field(
        default=(),
        metadata={"says": "Roles whose posts always ask a second person", "choices": WRITERS},
    )
    second_person_for_pictures: bool = _switch(
        False, "Posts with a picture of somebody ask a second person"
    )
    approval_fresh_minutes: int = _number(
        30, 1, 1440, "Minutes after its time that an approved post still goes out unasked"
    )
    late_after_minutes: int = _number(
        15, 1, 1440, "Minutes after writing from which a post from a phone asks again"
    )
    phone_queue_hours: int = _number(
        12, 1, 168, "Hours that a phone keeps what could not be sent, with its pictures"
    )
    outcome_due_days: int = _number(
        7, 1, 90, "Days until a post about an incident owes the public what came of it"
    )
    remind_supervisor_after_days: int = _number(
        2, 0, 30, "Days after that until the supervisor is reminded too"
    )
    removed_public_after_minutes: int = _number(
        0, 0, 1440, "Minutes until a removal stands in the public register"
    )
    place_finer_than_ward: bool = _switch(False, "Posts may say a place finer than the ward")
    longest_post: int = _number(1000, 140, 5000, "Characters in a post")
    pictures_a_post: int = _number(4, 0, 10, "Pictures in a post")
    picture_megabytes: int = _number(25, 1, 100, "Megabytes of a picture as it comes in")
    picture_megapixels: int = _number(64, 1, 200, "Megapixels of a picture as it comes in")
    picture_longest_edge: int = _number(
        16_000, 1_000, 30_000, "Pixels of the longest edge of a picture as it comes in"
    )
    escalate_after_minutes: int = _number(
        20, 1, 1440, "Minutes that a post or a question waits for a person until more are called"
    )
    training_needed: bool = _switch(
        True, "Practice ends only after the practice cases and a mentor's yes"
    )
    review_sample: int = _number(
        12, 0, 100, "Posts a week and unit by which a supervisor judges the guard"
    )
    # Outcomes still arrive after the last hour; then it is closed.
    event_closing_days: int = _number(7, 0, 60, "Days that a live event takes to close")

    guard: GuardPolicy = ENGLAND_AND_WALES

    def outcome_due(self, at: datetime) -> datetime:
        return at + timedelta(days=self.outcome_due_days)


def in_force(*, at: datetime) -> Policy:
    """The policy at a time."""
    version = version_in_force(at=at)
    return Policy() if version is None else of(version)


def version_in_force(*, at: datetime) -> PolicyVersion | None:
    return PolicyVersion.objects.filter(in_force_at__lte=at).order_by("-number").first()


def of(version: PolicyVersion | Pack) -> Policy:
    """A pack has no number yet."""
    guard = guard_of(json.dumps(version.guard, sort_keys=True))
    number = version.number if isinstance(version, PolicyVersion) else 0
    return Policy(number=number, text=version.text, guard=guard, **known(version.values))


@lru_cache(maxsize=8)
def guard_of(json_text: str) -> GuardPolicy:
    """From JSON of what differs from the shipped; one object for each, as the guard keeps them."""
    given = json.loads(json_text)
    told: dict[str, Any] = {
        entry.name: kinds.held(entry, given[entry.name])
        for entry in guard_rules()
        if entry.name in given
    }
    for name in ("switched_off", "unverified"):
        if name in given:
            told[name] = frozenset(given[name])
    severities = tuple(sorted(given.get("severities", {}).items()))
    return GuardPolicy(severities=severities, **told)


def told_of(guard: GuardPolicy) -> dict[str, Any]:
    """What of it differs from the shipped, as JSON."""
    shipped = ENGLAND_AND_WALES
    told = {
        entry.name: kinds.stored(entry, getattr(guard, entry.name))
        for entry in guard_rules()
        if getattr(guard, entry.name) != getattr(shipped, entry.name)
    }
    if guard.severities:
        told["severities"] = dict(guard.severities)
    for name in ("switched_off", "unverified"):
        if getattr(guard, name) != getattr(shipped, name):
            told[name] = sorted(getattr(guard, name))
    return told


def rules() -> list[Field[Any]]:
    """The fields that a force may set, in the order of the form."""
    return [entry for entry in fields(Policy) if "says" in entry.metadata]


def guard_rules() -> list[Field[Any]]:
    """The same of the guard: thresholds and lists."""
    return [entry for entry in fields(GuardPolicy) if "says" in entry.metadata]


def known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        entry.name: kinds.held(entry, values[entry.name])
        for entry in rules()
        if entry.name in values
    }


def checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """The same values, refused where one is unknown, of another kind or out of bounds."""
    names = {entry.name: entry for entry in rules()}
    if strange := values.keys() - names.keys():
        raise Refused(f"The policy has no “{min(strange)}”.")
    for name, value in values.items():
        says, _ = kinds.fault(names[name], value)
        if says:
            raise Refused(says)
    return dict(values)

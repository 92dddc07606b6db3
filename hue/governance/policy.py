"""The numbers of a policy, each with a cautious default."""

from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from datetime import datetime, timedelta
from typing import Any

from hue.governance.models import PolicyVersion
from hue.guard.policy import Policy as GuardPolicy
from hue.people.access import Refused

ENGLAND_AND_WALES = GuardPolicy()


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
    version = PolicyVersion.objects.filter(in_force_at__lte=at).order_by("-number").first()
    return Policy() if version is None else of(version)


def of(version: PolicyVersion) -> Policy:
    return Policy(number=version.number, text=version.text, **known(version.values))


def rules() -> list[Field[Any]]:
    """The fields that a force may set, in the order of the form."""
    return [entry for entry in fields(Policy) if "says" in entry.metadata]


def known(values: Mapping[str, Any]) -> dict[str, Any]:
    names = {entry.name for entry in rules()}
    return {name: value for name, value in values.items() if name in names}


def checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """The same values, refused where one is unknown, of another kind or out of bounds."""
    names = {entry.name: entry for entry in rules()}
    if strange := values.keys() - names.keys():
        raise Refused(f"The policy has no “{min(strange)}”.")
    for name, value in values.items():
        _within(names[name], value)
    return dict(values)


def _within(entry: Field[Any], value: Any) -> None:
    says, least = entry.metadata["says"], entry.metadata.get("least")
    if type(value) is not type(entry.default):
        raise Refused(
            f"{says}: “{value}” is not a {'number' if least is not None else 'yes or no'}."
        )
    if least is not None and not least <= value <= entry.metadata["most"]:
        raise Refused(f"{says}: from {least} to {entry.metadata['most']}, not {value}.")

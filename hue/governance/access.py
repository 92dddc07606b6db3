from datetime import datetime

from hue.governance import policy
from hue.governance.models import Acceptance, Election, Halt
from hue.people.access import Refused
from hue.people.models import Officer


def require_acceptance(officer: Officer, *, at: datetime) -> None:
    """The policy in force was accepted by this person, in this version."""
    number = policy.in_force(at=at).number
    if number and not has_accepted(officer, number):
        raise Refused("The policy has changed: read and accept it, then post.")


def has_accepted(officer: Officer, number: int) -> bool:
    return Acceptance.objects.filter(officer=officer, version__number=number).exists()


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

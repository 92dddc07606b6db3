from datetime import datetime

from hue.governance import policy
from hue.governance.models import Acceptance, Halt
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

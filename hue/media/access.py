"""Who may show whose face."""

from hue.people.access import Refused, require
from hue.people.models import Officer
from hue.people.roles import Permission


def require_named(officer: Officer) -> None:
    """A face stands beside a name, never alone."""
    require(officer, Permission.SEE_DESK)
    if not officer.public:
        raise Refused("A picture stands beside your name: choose to be named in public first.")


def require_own_face(by: Officer, officer: Officer) -> None:
    """One's own, or the software's when the consent has ended otherwise."""
    if by.pk != officer.pk and "system" not in by.roles:
        raise Refused("Only the person in the picture takes it back.")

"""A policy laid down by two people, as the software asks for it."""

from datetime import datetime

from hue.governance import actions, policy
from hue.governance.models import PolicyVersion
from hue.people.models import Officer
from tests.cast import NOON, Cast


def gold(cast: Cast) -> Officer:
    cast.colleague.roles = ["gold"]
    cast.colleague.save()
    return cast.colleague


def laid_down(
    owner: Officer,
    text: str = "Be kind.",
    values: dict[str, object] | None = None,
    *,
    at: datetime = NOON,
    in_force_at: datetime | None = None,
) -> PolicyVersion:
    """Proposed by the owner, agreed to by somebody who is there for nothing else."""
    second, _ = Officer.objects.get_or_create(username="second", defaults={"roles": ["gold"]})
    pack = actions.propose(by=owner, at=at, text=text, values=values or {}, in_force_at=in_force_at)
    seen = policy.in_force(at=at).number
    return actions.agree(by=second, at=at, pack=pack, seen=seen, in_force_at=in_force_at)

"""What is laid down for everybody: packs of the policy, and what holds at once."""

from hue.governance.actions.elections import change_candidates, end_election, note_election
from hue.governance.actions.laid_down import (
    accept_policy,
    lift_stop,
    register_removal,
    stop_all,
)
from hue.governance.actions.packs import (
    agree,
    confirm_key,
    drop,
    propose,
    roll_back,
    take_in,
    take_out,
)

__all__ = [
    "accept_policy",
    "agree",
    "change_candidates",
    "confirm_key",
    "drop",
    "end_election",
    "lift_stop",
    "note_election",
    "propose",
    "register_removal",
    "roll_back",
    "stop_all",
    "take_in",
    "take_out",
]

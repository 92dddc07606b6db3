"""The register of rumours, one thing a file."""

from hue.listening.actions.rumours.decide import check, decide, reopen, second, show
from hue.listening.actions.rumours.enter import amend, enter, hand_over, see
from hue.listening.actions.rumours.grow import grow
from hue.listening.actions.rumours.hear import (
    ask,
    challenge,
    decide_challenge,
    drop,
    forget_sources,
    take_up,
)
from hue.listening.actions.rumours.join import merge, split
from hue.listening.actions.rumours.rebut import draft_rebuttal, follow, link_rebuttal
from hue.listening.actions.rumours.wait import (
    call_out,
    end_investigation,
    investigate,
    look_later,
)

__all__ = [
    "amend",
    "ask",
    "call_out",
    "challenge",
    "check",
    "decide",
    "decide_challenge",
    "draft_rebuttal",
    "drop",
    "end_investigation",
    "enter",
    "follow",
    "forget_sources",
    "grow",
    "hand_over",
    "investigate",
    "link_rebuttal",
    "look_later",
    "merge",
    "reopen",
    "second",
    "see",
    "show",
    "split",
    "take_up",
]

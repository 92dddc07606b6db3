"""Every change of an account and of what is said there."""

from hue.channels.actions.account import (
    amend,
    close,
    connect,
    hand_over,
    move,
    reconnect,
)
from hue.channels.actions.decide import SAYS as VERBS
from hue.channels.actions.decide import decide
from hue.channels.actions.deliver import claim, settle, settle_gone, settle_trouble
from hue.channels.actions.health import note_answer
from hue.channels.actions.hear import count, forget, hear, note_deaf
from hue.channels.actions.publish import Said, change, hasten, put, take_back

__all__ = [
    "VERBS",
    "Said",
    "amend",
    "change",
    "claim",
    "close",
    "connect",
    "count",
    "decide",
    "forget",
    "hand_over",
    "hasten",
    "hear",
    "move",
    "note_answer",
    "note_deaf",
    "put",
    "reconnect",
    "settle",
    "settle_gone",
    "settle_trouble",
    "take_back",
]

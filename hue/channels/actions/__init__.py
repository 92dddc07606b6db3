"""Every change of an account and of what is said there."""

from hue.channels.actions.account import amend, connect, reconnect
from hue.channels.actions.decide import SAYS as VERBS
from hue.channels.actions.decide import decide
from hue.channels.actions.deliver import claim, settle, settle_gone, settle_trouble
from hue.channels.actions.health import note_answer
from hue.channels.actions.hear import count, forget, hear, note_deaf
from hue.channels.actions.key import claim_key, keep_key, note_not_renewed
from hue.channels.actions.life import close, move, run_out
from hue.channels.actions.owner import hand_over, succeed
from hue.channels.actions.publish import Said, change, hasten, put, take_back

__all__ = [
    "VERBS",
    "Said",
    "amend",
    "change",
    "claim",
    "claim_key",
    "close",
    "connect",
    "count",
    "decide",
    "forget",
    "hand_over",
    "hasten",
    "hear",
    "keep_key",
    "move",
    "note_answer",
    "note_deaf",
    "note_not_renewed",
    "put",
    "reconnect",
    "run_out",
    "settle",
    "settle_gone",
    "settle_trouble",
    "succeed",
    "take_back",
]

"""Every change of an account and of what is said there."""

from hue.channels.actions.account import amend, connect, reconnect
from hue.channels.actions.copies import (
    claim_of_one,
    claim_summary,
    claim_waiting,
    forget_copies,
    give_up_lost,
    keep_claim,
    note_receipt,
    note_stuck,
    put_copies_back,
    settle_copies,
    stop_copy,
    take_back_copies,
    try_again_later,
    write_copies,
)
from hue.channels.actions.decide import SAYS as VERBS
from hue.channels.actions.decide import decide
from hue.channels.actions.deliver import claim, settle, settle_gone, settle_trouble
from hue.channels.actions.health import note_answer, note_spent
from hue.channels.actions.hear import count, forget, hear, note_deaf
from hue.channels.actions.key import claim_key, keep_key, note_not_renewed
from hue.channels.actions.life import close, move, run_out
from hue.channels.actions.owner import hand_over, succeed
from hue.channels.actions.publish import (
    Said,
    change,
    hasten,
    put,
    take_back,
    tell_volunteers,
)

__all__ = [
    "VERBS",
    "Said",
    "amend",
    "change",
    "claim",
    "claim_key",
    "claim_of_one",
    "claim_summary",
    "claim_waiting",
    "close",
    "connect",
    "count",
    "decide",
    "forget",
    "forget_copies",
    "give_up_lost",
    "hand_over",
    "hasten",
    "hear",
    "keep_claim",
    "keep_key",
    "move",
    "note_answer",
    "note_deaf",
    "note_not_renewed",
    "note_receipt",
    "note_spent",
    "note_stuck",
    "put",
    "put_copies_back",
    "reconnect",
    "run_out",
    "settle",
    "settle_copies",
    "settle_gone",
    "settle_trouble",
    "stop_copy",
    "succeed",
    "take_back",
    "take_back_copies",
    "tell_volunteers",
    "try_again_later",
    "write_copies",
]

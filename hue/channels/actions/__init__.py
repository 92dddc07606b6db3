"""Every change of an account and of what is said there."""

from hue.channels.actions.account import (
    amend,
    close,
    connect,
    hand_over,
    move,
    reconnect,
)
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
    settle_copy,
    stop_copy,
    take_back_copies,
    try_again_later,
    write_copies,
)
from hue.channels.actions.decide import SAYS as VERBS
from hue.channels.actions.decide import decide
from hue.channels.actions.deliver import claim, settle, settle_gone, settle_trouble
from hue.channels.actions.health import note_answer, note_spent
from hue.channels.actions.publish import (
    Said,
    change,
    make_urgent,
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
    "claim_of_one",
    "claim_summary",
    "claim_waiting",
    "close",
    "connect",
    "decide",
    "forget_copies",
    "give_up_lost",
    "hand_over",
    "keep_claim",
    "make_urgent",
    "move",
    "note_answer",
    "note_receipt",
    "note_spent",
    "note_stuck",
    "put",
    "put_copies_back",
    "reconnect",
    "settle",
    "settle_copy",
    "settle_gone",
    "settle_trouble",
    "stop_copy",
    "take_back",
    "take_back_copies",
    "tell_volunteers",
    "try_again_later",
    "write_copies",
]

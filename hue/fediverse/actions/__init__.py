"""Every change of an account of ours, and of what we take from elsewhere."""

from hue.fediverse.actions.accounts import (
    close_account,
    know_as,
    move_account,
    open_account,
    tell_profile,
)
from hue.fediverse.actions.faults import let_go, set_aside, try_again
from hue.fediverse.actions.flag import read_flag
from hue.fediverse.actions.quote import revoke_quote
from hue.fediverse.actions.receive import receive
from hue.fediverse.actions.servers import (
    block_server,
    send_again,
    take_over_blocks,
    unblock_server,
)
from hue.fediverse.actions.take import take

__all__ = [
    "block_server",
    "close_account",
    "know_as",
    "let_go",
    "move_account",
    "open_account",
    "read_flag",
    "receive",
    "revoke_quote",
    "send_again",
    "set_aside",
    "take",
    "take_over_blocks",
    "tell_profile",
    "try_again",
    "unblock_server",
]

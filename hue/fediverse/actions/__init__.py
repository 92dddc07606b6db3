"""Every change of an account of ours, and of what we take from elsewhere."""

from hue.fediverse.actions.accounts import close_account, know_as, move_account, open_account
from hue.fediverse.actions.flag import read_flag
from hue.fediverse.actions.quote import revoke_quote
from hue.fediverse.actions.receive import receive
from hue.fediverse.actions.servers import block_server, send_again, unblock_server
from hue.fediverse.actions.take import take

__all__ = [
    "block_server",
    "close_account",
    "know_as",
    "move_account",
    "open_account",
    "read_flag",
    "receive",
    "revoke_quote",
    "send_again",
    "take",
    "unblock_server",
]

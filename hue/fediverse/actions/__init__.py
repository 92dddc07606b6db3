"""Every change of an account of ours, and of what we take from elsewhere."""

from hue.fediverse.actions.accounts import close_account, know_as, move_account, open_account
from hue.fediverse.actions.servers import block_server, send_again, unblock_server

__all__ = [
    "block_server",
    "close_account",
    "know_as",
    "move_account",
    "open_account",
    "send_again",
    "unblock_server",
]

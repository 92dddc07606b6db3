"""Every change of an account of ours, and of what we take from elsewhere."""

from hue.fediverse.actions.accounts import close_account, know_as, move_account, open_account

__all__ = ["close_account", "know_as", "move_account", "open_account"]

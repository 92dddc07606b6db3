"""Every change of an account of ours, and of what we take from elsewhere."""

from hue.fediverse.actions.receive import receive
from hue.fediverse.actions.take import take

__all__ = ["receive", "take"]

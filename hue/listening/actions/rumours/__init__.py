"""The register of rumours, one thing a file."""

from hue.listening.actions.rumours.decide import check, decide, reopen, second, show
from hue.listening.actions.rumours.enter import amend, enter, hand_over, see

__all__ = ["amend", "check", "decide", "enter", "hand_over", "reopen", "second", "see", "show"]

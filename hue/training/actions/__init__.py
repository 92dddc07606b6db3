"""What officers ask the desk, one verb a function."""

from hue.training.actions.ask import answer, ask, escalate, take_back

__all__ = ["answer", "ask", "escalate", "take_back"]

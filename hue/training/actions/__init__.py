"""How officers learn, one thing a file."""

from hue.training.actions.ask import answer, ask, escalate, take_back
from hue.training.actions.mentor import end_practice, name_mentor, say_not_yet, say_ready
from hue.training.actions.practise import answer_case

__all__ = [
    "answer",
    "answer_case",
    "ask",
    "end_practice",
    "escalate",
    "name_mentor",
    "say_not_yet",
    "say_ready",
    "take_back",
]

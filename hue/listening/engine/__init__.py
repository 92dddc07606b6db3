"""The listening engine: plain Python. What it does and cannot: docs/explanation/listening.md."""

from hue.listening.engine.engine import Engine
from hue.listening.engine.kinds import NotLearned, UnknownLabel
from hue.listening.engine.places import Gazetteer, Place
from hue.listening.engine.posts import (
    Answered,
    Claim,
    Growth,
    Match,
    Post,
    Ranked,
    Reading,
    Story,
)
from hue.listening.engine.state import BadState

__all__ = [
    "Answered",
    "BadState",
    "Claim",
    "Engine",
    "Gazetteer",
    "Growth",
    "Match",
    "NotLearned",
    "Place",
    "Post",
    "Ranked",
    "Reading",
    "Story",
    "UnknownLabel",
]

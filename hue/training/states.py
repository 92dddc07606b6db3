"""The life of a question to the desk, and of the watch that a mentor keeps over somebody new."""

from hue.states.graph import Graph

QUESTION = Graph(
    "question",
    start="asked",
    moves={
        "asked": ("answered", "taken_back"),
        "answered": (),
        "taken_back": (),
    },
)

MENTORING = Graph(
    "mentoring",
    start="watching",
    moves={
        "watching": ("ready", "not_yet", "over"),
        "not_yet": ("ready", "not_yet", "over"),
        "ready": ("not_yet", "over"),
        "over": (),
    },
)

"""The life of a question to the desk."""

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

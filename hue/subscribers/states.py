"""Somebody who asked for messages: nothing goes to an address that did not say yes itself."""

from hue.states.graph import Graph

SUBSCRIBER = Graph(
    "subscriber",
    start="asked",
    moves={
        "asked": ("reading",),
        "reading": ("left",),
        "left": (),  # without an address; the row goes some weeks later
    },
)

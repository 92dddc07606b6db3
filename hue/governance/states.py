"""A policy pack waits until a second person agrees to it; what was agreed is a version."""

from hue.states.graph import Graph

PACK = Graph(
    "policy pack",
    start="waiting",
    moves={"waiting": ("agreed", "dropped"), "agreed": (), "dropped": ()},
)

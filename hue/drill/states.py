"""The life of a drill."""

from hue.states.graph import Graph

DRILL = Graph("drill", start="running", moves={"running": ("ended",), "ended": ()})

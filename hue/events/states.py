"""A live event is planned, live, closing for a while (outcomes still arrive), closed for good."""

from hue.states.graph import Graph

LIVE_EVENT = Graph(
    "live event",
    start="planned",
    moves={
        "planned": ("live", "cancelled"),
        "live": ("closing",),
        "closing": ("live", "closed"),
        "closed": (),
        "cancelled": (),
    },
)

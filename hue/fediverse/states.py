"""An account of ours, what is said under it, and each message to a server elsewhere."""

from hue.states.graph import Graph

# Closed for ever, and says so: a name that is free again could be taken by an impostor.
ACTOR = Graph(
    "fediverse account",
    start="open",
    moves={"open": ("closed", "moved"), "moved": ("closed",), "closed": ()},
)

NOTE = Graph("note", start="out", moves={"out": ("gone",), "gone": ("out",)})

# What is said to followers: first it is found out which servers they live on.
ACTIVITY = Graph(
    "activity",
    start="due",
    moves={"due": ("addressed",), "addressed": ("done",), "done": ()},
)

# Dropped: its words were taken back before they went out.
DISPATCH = Graph(
    "dispatch",
    start="due",
    moves={"due": ("sent", "failed", "dropped"), "sent": (), "failed": ("due",), "dropped": ()},
)

# From elsewhere, its signature already verified: nothing else becomes a row. Stuck: a fault of
# ours, which somebody looks at.
RECEIVED = Graph(
    "received activity",
    start="due",
    moves={
        "due": ("done", "refused", "stuck"),
        "stuck": ("due", "refused"),
        "done": (),
        "refused": (),
    },
)

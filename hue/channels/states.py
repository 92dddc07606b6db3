"""The life of an account elsewhere, and of one post there. Unsure: it may be there, the network
cannot be asked, so a person says. Dropped: a person left it as it is.
"""

from hue.states.graph import Graph

ACCOUNT = Graph(
    "account",
    start="planned",
    moves={
        "planned": ("open", "closed"),
        "open": ("closing",),
        "closing": ("open", "closed"),  # nothing new; corrections and withdrawals still go there
        "closed": (),
    },
)
DELIVERY = Graph(
    "delivery",
    start="due",
    moves={
        "due": ("sending", "failed", "withdrawing", "withdrawn"),
        "sending": ("sent", "due", "failed", "unsure"),
        "sent": ("due", "withdrawing"),  # due once more: its words have changed
        "failed": ("due", "sent", "withdrawing", "withdrawn", "dropped"),
        "unsure": ("due", "sent", "withdrawing", "withdrawn", "dropped"),
        "withdrawing": ("withdrawn", "failed"),
        "withdrawn": ("due",),  # its post was restored
        "dropped": ("due", "withdrawing", "withdrawn"),
    },
)

TO_DECIDE = ("failed", "unsure")

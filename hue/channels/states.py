"""The life of an account elsewhere, of one post there, and of its copy for one reader.

Unsure: it may be there, the network cannot be asked, so a person says. Dropped: it is left as it
is.
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
        # Due once more: its words have changed. Unsure: whether it reached a reader of a list.
        "sent": ("due", "withdrawing", "unsure"),
        "failed": ("due", "sent", "withdrawing", "withdrawn", "dropped"),
        "unsure": ("due", "sent", "withdrawing", "withdrawn", "dropped"),
        "withdrawing": ("withdrawn", "failed"),
        "withdrawn": ("due",),  # its post was restored
        "dropped": ("due", "withdrawing", "withdrawn"),
    },
)
COPY = Graph(
    "copy",
    start="due",
    moves={
        "due": ("sending", "dropped"),
        "sending": ("sent", "withdrawn", "due", "failed", "unsure"),
        "sent": ("due",),  # a correction, or the news that it was taken back
        "failed": ("due", "sent", "dropped"),
        "unsure": ("due", "sent", "dropped"),
        "withdrawn": ("due",),  # its post was restored
        "dropped": ("due",),
    },
)

TO_DECIDE = ("failed", "unsure")

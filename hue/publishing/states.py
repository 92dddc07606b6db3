"""The life of a post. Held: stopped by a halt, a suspension or lateness until a person says so.
Hidden: out of sight since its case has changed, until a named person withdraws or restores it.
"""

from hue.states.graph import Graph

POST = Graph(
    "post",
    start="draft",
    moves={
        "draft": ("in_review", "approved", "published", "dropped"),
        "in_review": ("draft", "approved", "published", "held", "dropped"),
        "approved": ("published", "held", "in_review", "dropped"),
        "held": ("in_review", "approved", "published", "dropped"),
        "published": ("withdrawn", "hidden"),
        "hidden": ("published", "withdrawn"),
        "withdrawn": (),
        "dropped": ("draft", "in_review", "approved", "held"),  # undone within seconds
    },
)

# The public sees that something was said, and nothing of it but this word.
GONE = {"withdrawn": "withdrawn", "hidden": "not shown for now"}
PUBLIC = frozenset({*GONE, "published"})

# What other systems were told; over by a person's word or by its time, and it may come again.
ALERT = Graph(
    "alert",
    start="in_force",
    moves={
        "in_force": ("cancelled", "expired"),
        "cancelled": ("in_force",),
        "expired": ("in_force",),
    },
)

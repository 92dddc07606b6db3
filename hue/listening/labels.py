"""What a remark can be about, and how urgent: the engine's own labels, which a test compares.

They stand here again because the engine is large: no process but the one that reads loads it.
"""

KINDS = (
    "people affected",
    "damage and services",
    "offers and appeals",
    "warnings and advice",
    "sympathy",
    "other news",
    "nothing to do with it",
)
URGENCIES = ("low", "medium", "high", "critical")

"""What a remark can be about, and how urgent.

They stand outside the engine because it is large: no process but the one that reads loads it.
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

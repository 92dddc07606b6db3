"""What is said about topics and places, and the register of rumours."""

from hue.listening.models.asked import Asked, Challenge
from hue.listening.models.rumours import (
    Check,
    Rebuttal,
    Rumour,
    RumourPlace,
    RumourQuerySet,
    Seen,
    Sighting,
    Verdict,
)

__all__ = [
    "Asked",
    "Challenge",
    "Check",
    "Rebuttal",
    "Rumour",
    "RumourPlace",
    "RumourQuerySet",
    "Seen",
    "Sighting",
    "Verdict",
]

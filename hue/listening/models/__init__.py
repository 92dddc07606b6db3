"""What is said about topics and places, and the register of rumours."""

from hue.listening.models.rumours import (
    Check,
    Rebuttal,
    Rumour,
    RumourQuerySet,
    Seen,
    Sighting,
    Verdict,
)

__all__ = ["Check", "Rebuttal", "Rumour", "RumourQuerySet", "Seen", "Sighting", "Verdict"]

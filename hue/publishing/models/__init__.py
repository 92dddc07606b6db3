"""Posts, what the guard said of them, the alerts made of them, and the shelves of the archive."""

from hue.publishing.models.alerts import Alert, AlertMessage
from hue.publishing.models.looks import Look, Override, Review, Sample
from hue.publishing.models.posts import (
    NEWEST_FIRST,
    OutcomeOwed,
    OutcomeOwedQuerySet,
    Post,
    PostPicture,
    PostQuerySet,
    Version,
)
from hue.publishing.models.reshares import Reshare
from hue.publishing.models.shelves import Shelf, Shelved

__all__ = [
    "NEWEST_FIRST",
    "Alert",
    "AlertMessage",
    "Look",
    "OutcomeOwed",
    "OutcomeOwedQuerySet",
    "Override",
    "Post",
    "PostPicture",
    "PostQuerySet",
    "Reshare",
    "Review",
    "Sample",
    "Shelf",
    "Shelved",
    "Version",
]

"""What rooms above add to a post's screen; each sets its part when the software starts."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from hue.people.models import Officer
from hue.publishing.models import Post


def _nothing(post: Post, officer: Officer, at: datetime) -> dict[str, Any]:
    return {}


# For training/asked.html: what the desk was asked about it, and whether one may ask.
asked: Callable[[Post, Officer, datetime], dict[str, Any]] = _nothing

"""What is announced for a time of its own: at the top of the pages of force and place."""

from datetime import datetime
from typing import Any

from hue.publishing import render
from hue.publishing.models import PostQuerySet

AT_THE_TOP = 4


def coming(posts: PostQuerySet, *, at: datetime) -> list[dict[str, Any]]:
    """The next few, for notices.html."""
    found = posts.notices(at=at).select_related("neighbourhood")[:AT_THE_TOP]
    return [
        {
            "url": post.address,
            "text": post.text,
            "place": post.place,
            "from": post.holds_from,
            "when": render.span(post),
        }
        for post in found
    ]

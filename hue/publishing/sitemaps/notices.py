"""What is announced for a time of its own: at the top of the pages of force and place."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from hue.publishing.models import Post, PostQuerySet

AT_THE_TOP = 4
DAY = "l j F, H:i"


def coming(posts: PostQuerySet, *, at: datetime) -> list[dict[str, Any]]:
    """The next few, for notices.html."""
    found = posts.notices(at=at).select_related("neighbourhood")[:AT_THE_TOP]
    return [
        {
            "url": post.address,
            "text": post.text,
            "place": post.place,
            "from": post.holds_from,
            "when": _span(post),
        }
        for post in found
    ]


def _span(post: Post) -> str:
    """ "Friday 10 July, 09:00 to 13:00"; the day again only where it is another."""
    assert post.holds_from is not None
    assert post.holds_until is not None
    start, end = timezone.localtime(post.holds_from), timezone.localtime(post.holds_until)
    form = "H:i" if start.date() == end.date() else DAY
    return f"{date_format(start, DAY)} to {date_format(end, form)}"

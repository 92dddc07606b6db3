"""Asking one source what is new, whatever its kind."""

import json
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from hue.lib import sealing
from hue.listening.arrival import Haul
from hue.listening.models import Source
from hue.listening.sources import bluesky, feed, mastodon, replies, x
from hue.listening.sources.asked import Question

LOOKS: dict[str, Callable[[Question], Haul]] = {
    "feed": feed.look,
    "mastodon": mastodon.look,
    "bluesky": bluesky.look,
    "x": x.look,
    "replies": replies.look,
}


def ask(source: Source, *, at: datetime) -> Haul:
    """Raises NoAnswer."""
    return LOOKS[source.kind](question(source, at=at))


def question(source: Source, *, at: datetime) -> Question:
    secrets = json.loads(sealing.open_text(source.secrets)) if source.secrets else {}
    spent = source.spent if source.spent_month == f"{at:%Y-%m}" else Decimal(0)
    return Question(
        address=source.address or (x.HOME if source.kind == "x" else ""),
        at=at,
        query=source.query,
        token=secrets.get("token", ""),
        cursor=source.cursor,
        left=None if source.cap is None else source.cap - spent,
    )

"""Which public pages a rumour stands on."""

from datetime import datetime

from hue.listening.models import Rumour
from hue.pages import stale
from hue.streams.tell import tell

PAGE, LISTS = "listening.rumour", "listening.rumours"


def show_anew(rumour: Rumour, *, at: datetime) -> None:
    """After a change: the open desks, and what the public sees of it."""
    tell("desk", "changed", {"rumour": rumour.pk}, at=at)
    if rumour.shown_at:
        stale.mark((PAGE, rumour.pk), (LISTS, ""), at=at)

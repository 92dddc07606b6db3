"""What somebody chose, and how it comes to hold."""

from dataclasses import dataclass
from datetime import datetime

from hue.people.models import Neighbourhood
from hue.subscribers.choices import BUDGETS
from hue.subscribers.models import Subscriber, WatchList

QUIET = (22, 7)  # no message but danger to life between these hours


@dataclass(frozen=True)
class Wish:
    neighbourhoods: list[str]  # slugs
    topics: list[str]
    level: str = "news"
    pace: str = "once"
    hour: int = 18
    quiet: bool = True
    whole: bool = False
    safe: bool = False
    act_a_week: int = BUDGETS["act"]
    news_a_week: int = BUDGETS["news"]


def settle(row: Subscriber, wish: Wish) -> None:
    """What was chosen holds from now on."""
    names = ("topics", "level", "pace", "hour", "whole", "safe", "act_a_week", "news_a_week")
    for name in names:
        setattr(row, name, getattr(wish, name))
    row.quiet_from, row.quiet_until = QUIET if wish.quiet else (None, None)
    row.neighbourhoods.set(Neighbourhood.objects.filter(slug__in=wish.neighbourhoods))


def open_lists(row: Subscriber, *, at: datetime) -> None:
    """From now on somebody waits for news of these."""
    wanted = [
        WatchList(neighbourhood=place, topic=topic, heard_at=at)
        for place in row.neighbourhoods.all()
        for topic in row.topics
    ]
    WatchList.objects.bulk_create(wanted, ignore_conflicts=True)

"""Reads about who reads what."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count as Number
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.formats import date_format

from hue.people.models import Neighbourhood
from hue.subscribers.choices import LEVELS, TOPICS, VIAS, WHYS
from hue.subscribers.models import Count, Leaving, Subscriber, WatchList, Way

FEWEST = 5  # below that, a number could be somebody


def ways() -> list[str]:
    opened = set(Way.objects.values_list("via", flat=True))
    return [via for via in VIAS if via in opened]


def lists_of(place: Neighbourhood) -> list[WatchList]:
    return list(WatchList.objects.filter(neighbourhood=place))


def readers_now() -> Iterable[Mapping[str, Any]]:
    """By neighbourhood, way and harm."""
    rows = Subscriber.objects.reading().exclude(neighbourhoods=None)
    return rows.values("neighbourhoods", "via", "level").annotate(readers=Number("pk")).order_by()


def table() -> list[dict[str, Any]]:
    """A line for each neighbourhood that has readers; small numbers are not shown."""
    found: dict[int, dict[str, int]] = {}
    for one in readers_now():
        line = found.setdefault(one["neighbourhoods"], {})
        for name in ("all", one["via"], one["level"]):
            line[name] = line.get(name, 0) + one["readers"]
    names = Neighbourhood.objects.in_bulk(found)
    columns = ("all", *VIAS, *LEVELS)
    lines = [
        {"name": names[pk].name, "cells": [hidden(line.get(name, 0)) for name in columns]}
        for pk, line in found.items()
    ]
    return sorted(lines, key=lambda line: str(line["name"]))


def hidden(number: int) -> str:
    return f"{number:,}" if number >= FEWEST or not number else f"<{FEWEST}"


def by_day(*, since: date) -> list[tuple[date, str]]:
    days = Count.objects.filter(day__gte=since).values_list("day").annotate(sum=Sum("readers"))
    return [(day, hidden(readers)) for day, readers in days.order_by("day")]


def reasons(*, at: datetime) -> list[tuple[str, str]]:
    """Why people left in the last 90 days, the commonest first."""
    since = (at - timedelta(days=90)).date()
    rows = Leaving.objects.filter(day__gte=since).values_list("why").annotate(sum=Sum("count"))
    named = sorted(rows, key=lambda row: -row[1])
    return [(WHYS.get(why, "They did not say"), hidden(count)) for why, count in named]


def silent(*, at: datetime) -> list[WatchList]:
    """Lists that somebody reads and nobody writes."""
    rows = WatchList.objects.silent(at=at).select_related("neighbourhood", "owner")
    return [row for row in rows.order_by("neighbourhood__name", "topic") if is_read(row)]


def day_of(at: datetime) -> date:
    return timezone.localdate(at)


def is_read(row: WatchList) -> bool:
    chosen = Q(neighbourhoods=row.neighbourhood_id, topics__contains=[row.topic])
    return Subscriber.objects.reading().filter(chosen).exists()


def since(row: WatchList) -> str:
    day = date_format(timezone.localtime(row.heard_at), "j F")
    return f"has had no messages since {day}" if row.spoken else f"began {day}, without a message"


def choices_of(row: Subscriber) -> dict[str, Any]:
    """As the form takes it."""
    names = ("whole", "topics", "level", "pace", "hour", "safe", "act_a_week", "news_a_week")
    told: dict[str, Any] = {name: getattr(row, name) for name in names}
    told["neighbourhoods"] = [place.slug for place in row.neighbourhoods.all()]
    return told | {"quiet": row.quiet_from is not None}


def in_words(row: Subscriber) -> dict[str, Any]:
    """All that is known of somebody, for themselves."""
    return {
        "way": VIAS[row.via],
        "address": row.address() if row.sealed else "",
        "asked": row.asked_at,
        "confirmed": row.confirmed_at,
        "you_said": row.consent,
        "taken_over_from": row.moved_from,
        "neighbourhoods": [place.name for place in row.neighbourhoods.all()],
        "topics": [TOPICS[topic] for topic in row.topics],
        **{n: v for n, v in choices_of(row).items() if n not in {"neighbourhoods", "topics"}},
        "passes_messages_on": row.forwards,
    }

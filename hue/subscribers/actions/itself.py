"""What the software does by the clock: counts, forgets, and notices silence."""

from datetime import datetime, timedelta

from django.db import transaction

from hue.pages import stale
from hue.pages.alarms import end_alarm, raise_alarm
from hue.pages.models import Alarm
from hue.people.models import Neighbourhood, Officer
from hue.subscribers import access, queries
from hue.subscribers.models import Count, Source, Subscriber, WatchList, Way


@transaction.atomic
def open_ways(*, by: Officer, at: datetime, ways: list[str]) -> None:
    """These, and no others."""
    access.require_the_software(by)
    Way.objects.exclude(via__in=ways).delete()
    Way.objects.bulk_create([Way(via=via) for via in ways], ignore_conflicts=True)
    stale.mark(("subscribers.watch", ""), at=at)


@transaction.atomic
def count_day(*, by: Officer, at: datetime) -> None:
    access.require_the_software(by)
    day = queries.day_of(at)
    rows = [
        Count(
            day=day,
            neighbourhood_id=one["neighbourhoods"],
            via=one["via"],
            level=one["level"],
            readers=one["readers"],
        )
        for one in queries.readers_now()
    ]
    Count.objects.filter(day=day).delete()
    Count.objects.bulk_create(rows)


@transaction.atomic
def forget(*, by: Officer, at: datetime) -> None:
    """Who never said yes, who left long ago, and where questions came from."""
    access.require_the_software(by)
    Subscriber.objects.never_confirmed(at=at).delete()
    Subscriber.objects.long_gone(at=at).delete()
    Source.objects.filter(at__lte=at - timedelta(days=1)).delete()


@transaction.atomic
def note_said(*, by: Officer, at: datetime, place: Neighbourhood, topic: str) -> None:
    """A message went to that list: it is not silent."""
    access.require_the_software(by)
    row = WatchList.objects.filter(neighbourhood=place, topic=topic).first()
    if row is None:
        return
    WatchList.objects.filter(pk=row.pk).update(heard_at=at, spoken=True)
    end_alarm(_slug(row), at=at)
    stale.mark(("subscribers.watch", ""), at=at)


@transaction.atomic
def watch_silence(*, by: Officer, at: datetime) -> None:
    """Its owner hears of it on the desk; the public reads it on the page."""
    access.require_the_software(by)
    silent = queries.silent(at=at)
    known = {_slug(row) for row in silent}
    for alarm in Alarm.objects.filter(slug__startswith="list ", over_at=None):
        if alarm.slug not in known:  # nobody reads it any more, or its charter has changed
            end_alarm(alarm.slug, at=at)
    for row in silent:
        who = f"{row.owner} answers for it." if row.owner else "Nobody answers for it: say who."
        says = f"The list “{row}” {queries.since(row)}. {row.silent_days} days are promised. {who}"
        raise_alarm(_slug(row), says, at=at)
    stale.mark(("subscribers.watch", ""), at=at)


def _slug(row: WatchList) -> str:
    return f"list {row.pk}"

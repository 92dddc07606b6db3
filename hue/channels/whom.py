"""Who gets a piece, and when: as they chose, and within what they want in a week."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from hue.channels.models import Copy, Piece
from hue.subscribers.models import Subscriber

WEEK = timedelta(days=7)
_FIELDS = ("pk", "pace", "hour", "quiet_from", "quiet_until", "act_a_week", "news_a_week")


def readers(piece: Piece, via: str, *, at: datetime) -> Iterator[tuple[str, datetime, bool]]:
    """Each with the time, and whether it waits for the summary."""
    if piece.volunteers:
        found = Subscriber.objects.reading().filter(forwards=True)
    else:
        found = Subscriber.objects.for_whom(piece.place, piece.topic, piece.level)
    here = Q(moved_at=None) | Q(moved_at__lte=piece.put_at)
    rows = found.filter(here, via=via, confirmed_at__lte=piece.put_at)
    used = {} if piece.level == "danger" else _used(piece.level, via, at)
    for row in rows.only(*_FIELDS, "forwards").iterator(5000):
        yield (row.pk, *when(row, piece.level, used.get(row.pk, 0), at=at))


def when(row: Subscriber, level: str, used: int, *, at: datetime) -> tuple[datetime, bool]:
    """Danger to life waits for nothing. Volunteers pass messages on: they have no budget."""
    if level == "danger":
        return at, False
    budget = row.act_a_week if level == "act" else row.news_a_week
    if not row.forwards and (row.pace == "daily" or used >= budget):
        return _next(row.hour, at), True
    if _is_quiet(row, at):
        assert row.quiet_until is not None
        return _next(row.quiet_until, at), False
    return at, False


def _used(level: str, via: str, at: datetime) -> dict[str, int]:
    """What each had at once in the week behind us, by that level."""
    rows = Copy.objects.filter(level=level, together=False, since__gt=at - WEEK)
    rows = rows.filter(subscriber__via=via).exclude(state__in=["dropped", "failed"])
    counted = rows.values_list("subscriber").annotate(number=Count("pk")).order_by()
    return dict(counted.iterator(5000))


def _is_quiet(row: Subscriber, at: datetime) -> bool:
    if row.quiet_from is None or row.quiet_until is None:
        return False
    hour, begins, ends = timezone.localtime(at).hour, row.quiet_from, row.quiet_until
    return begins <= hour < ends if begins < ends else hour >= begins or hour < ends


def _next(hour: int, at: datetime) -> datetime:
    """That hour where the force is, today or tomorrow."""
    local = timezone.localtime(at)
    day = local.date() if local.hour < hour else local.date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, time(hour)))

"""What was heard goes when its days are over, and when it was taken back where it was said."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.listening import access, keys
from hue.listening.arrival import Haul
from hue.listening.models import Key, Look, Remark, Source
from hue.people.models import Officer

LOOKS_KEPT = timedelta(days=400)
AT_ONCE = 20_000  # rows of one transaction; the next run takes the rest

ERASED = Kind("remarks.erased", "{by} erased {remarks} remarks whose days were over.")
KEY_GONE = Kind("remarks.key_destroyed", "{by} destroyed the key of the week from {week}.")


@transaction.atomic
def erase(*, by: Officer, at: datetime) -> int:
    """How many went."""
    access.require_the_software(by)
    over = list(Remark.objects.over(at=at).values_list("pk", flat=True)[:AT_ONCE])
    if over:
        Remark.objects.filter(pk__in=over).delete()
        record(ERASED, by=by, at=at, subject="remarks", data={"remarks": len(over)})
    for key in Key.objects.filter(ends_at__lte=at):
        if not Remark.objects.filter(key=key).exists():
            key.delete()
            told = {"week": f"{key.starts_at:%-d %B %Y}"}
            record(KEY_GONE, by=by, at=at, subject="remarks", data=told)
    Look.objects.before(at - LOOKS_KEPT).delete()
    return len(over)


def honour(*, source: Source, haul: Haul) -> int:
    """What was taken back there goes here. How many remarks that were."""
    own, all_keys = Remark.objects.filter(source=source), list(Key.objects.all())
    gone = _hashes(source, haul.deleted, all_keys)
    count: int = own.filter(outside__in=gone).delete()[0] if gone else 0
    if haul.whole_since is not None:
        there = _hashes(source, [one.id for one in haul.arrivals], all_keys)
        since = own.filter(said_at__gt=haul.whole_since)
        count += since.exclude(outside__in=there).delete()[0]
    return count


def _hashes(source: Source, ids: Iterable[str], all_keys: list[Key]) -> list[str]:
    return [keys.hashed(key, source.kind, id_) for id_ in ids for key in all_keys]

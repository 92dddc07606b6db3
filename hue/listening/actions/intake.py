"""What a source brought is taken in where a watch asks for it; nothing else of it is kept."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F

from hue.listening import access, keys
from hue.listening.arrival import Haul
from hue.listening.models import Key, Remark, Source, Watch
from hue.listening.sieve import Sieve
from hue.people.access import Refused
from hue.people.models import Officer

NOTED = ["counts", "cursor", "minute", "last_at", "trouble", "trouble_at", "spent", "spent_month"]


@transaction.atomic
def take(*, by: Officer, at: datetime, source: Source, haul: Haul) -> dict[str, int]:
    """What became of it, counted. The same haul twice changes nothing more."""
    access.require_the_software(by)
    # One at a time for each source: what it has brought is looked up, and then noted.
    source = Source.objects.select_for_update().get(pk=source.pk)
    if source.state != "on":
        raise Refused(f"“{source}” is off: nothing of it is taken in.")
    watches = Watch.objects.running(at=at).filter(sources=source).prefetch_related("places")
    sieve = Sieve(source, watches, at=at)
    made = list(sieve.made_of(haul.arrivals))
    Remark.objects.bulk_create(made, batch_size=1000, ignore_conflicts=True)
    for watch, more in Counter(pk for one in made for pk in one.watches).items():
        Watch.objects.filter(pk=watch).update(heard=F("heard") + more)
    sieve.counts["broken"] += haul.broken
    sieve.counts["deleted"] += _honour(source, haul)
    _note(source, haul, sieve, at)
    return {name: count for name, count in sieve.counts.items() if count}


def _note(source: Source, haul: Haul, sieve: Sieve, at: datetime) -> None:
    """How the source behaves, and how far it was read."""
    source.counts = dict(Counter(source.counts) + sieve.counts)
    source.cursor = {**source.cursor, **haul.cursor, "newest": sieve.newest}
    if sieve.counts["seen"]:
        source.last_at = at
    source.trouble, source.trouble_at = "", None
    month = f"{at:%Y-%m}"
    source.spent = haul.cost + (source.spent if source.spent_month == month else 0)
    source.spent_month = month
    source.save(update_fields=NOTED)


def _honour(source: Source, haul: Haul) -> int:
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

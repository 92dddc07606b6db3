"""What was heard goes when its days are over, and when it was taken back where it was said."""

from datetime import datetime, timedelta

from django.db import transaction

from hue.audit.kinds import Kind
from hue.audit.record import record
from hue.listening import access
from hue.listening.models import Key, Look, Remark
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

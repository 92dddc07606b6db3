"""Chaining and signing what was committed. One sealer at a time; nobody waits for it."""

from datetime import datetime

from django.db import connection, transaction

from hue.audit.chain import GENESIS, digest_of, sealed_text
from hue.audit.models import Entry, Seal, Unsealed
from hue.lib import signing

LOCK = 7_341_001  # pg_advisory_xact_lock of the sealer
BATCH = 2000


def seal_committed(*, at: datetime) -> int:
    """Seal all entries that have no seal yet; how many."""
    total = 0
    while done := _seal_batch(at):
        total += done
    return total


def head() -> tuple[int, str]:
    """Number and digest of the last seal: what the signed public index repeats every hour."""
    last = Seal.objects.order_by("-number").values_list("number", "digest").first()
    return last or (0, GENESIS)


@transaction.atomic
def _seal_batch(at: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    ids = list(Unsealed.objects.order_by("pk").values_list("pk", flat=True)[:BATCH])
    if not ids:
        return 0
    seals = _chain(list(Entry.objects.filter(pk__in=ids).order_by("pk")), at)
    Seal.objects.bulk_create(seals)
    Unsealed.objects.filter(pk__in=ids).delete()
    return len(seals)


def _chain(entries: list[Entry], at: datetime) -> list[Seal]:
    number, previous = head()
    seals: list[Seal] = []
    for entry in entries:
        number += 1
        digest = digest_of(previous, sealed_text(entry, number=number, sealed_at=at))
        seals.append(
            Seal(number=number, entry=entry, previous=previous, digest=digest, sealed_at=at)
        )
        previous = digest
    # One signature a batch: it stands for everything that the digest chains before it.
    seals[-1].signature = signing.sign(previous.encode())
    return seals

"""Verifying the record where it lies: the chain as anybody would, and what only we can see."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings

from hue.audit import chain
from hue.audit.models import Entry, SealedKey
from hue.audit.record import SHREDDED
from hue.audit.verify_alone import Head, Verdict, check, read_head
from hue.lib import clock, signing

SEALED_WITHIN = timedelta(seconds=30)


class Report(NamedTuple):
    verdict: Verdict
    late: list[int]  # ids of entries that should have been sealed by now
    unreadable: list[int]  # ids whose personal data has no key, though nobody shredded it


def verify(
    *, at: datetime, head: Head | None, progress: Callable[[int], None] = lambda _: None
) -> Report:
    """Raises Tampered for the first entry that is not what it was."""
    lines = _counted(chain.lines(), progress)
    verdict = check(lines, pem=signing.public_pem(), head=head)
    since = (at - SEALED_WITHIN * clock.rate()).isoformat()
    late = [line["id"] for line in verdict.unsealed if line["at"] < since]
    return Report(verdict, late, _unreadable())


def public_head(file: Path | None = None) -> Head | None:
    """The head as the public index, or a kept copy of it, told everybody; if there is one.

    Raises ValueError when it is not signed with our key.
    """
    file = file or Path(settings.PUBLIC_ROOT) / "index.json"
    return read_head(str(file), signing.public_pem()) if file.exists() else None


def _unreadable() -> list[int]:
    shredded = Entry.objects.filter(kind=SHREDDED.slug).values_list("data__entry", flat=True)
    sealed = Entry.objects.exclude(key_id="").exclude(pk__in=list(shredded))
    kept = SealedKey.objects.values("pk")
    return list(sealed.exclude(key_id__in=kept).order_by("pk").values_list("pk", flat=True))


def _counted(
    lines: Iterator[dict[str, Any]], progress: Callable[[int], None]
) -> Iterator[dict[str, Any]]:
    for count, line in enumerate(lines, 1):
        yield line
        if count % 50_000 == 0:
            progress(count)

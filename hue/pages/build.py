"""Turning stale rows into files; a page that fails keeps its old file, and stops no other."""

import errno
import logging
from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from django.db import connection, transaction
from django.db.models import F

from hue.pages import files, ledger, shell
from hue.pages.alarms import end_alarm, raise_alarm
from hue.pages.models import Stale
from hue.pages.sources import REGISTRY, PageSource

log = logging.getLogger(__name__)
LOCK = 7_341_002  # shared by writers of single pages, held alone by each step of a rebuild
AT_ONCE = 20  # then look again whether something more urgent was marked meanwhile
DISK = "disk"
_TAKE = """
    DELETE FROM pages_stale
    WHERE id IN (SELECT id FROM pages_stale WHERE id = ANY(%s) FOR UPDATE SKIP LOCKED)
    RETURNING id
"""


class DiskFull(Exception):
    """No room for the public files; what stands there stays."""


def write_stale(*, at: datetime, failed_too: bool = False) -> int:
    """Write the pages that are marked, the most urgent first; how many were written."""
    written, passed_over = 0, set[int]()
    try:
        while rows := _waiting(passed_over, failed_too=failed_too):
            for _, alike in groupby(rows, key=attrgetter("source")):
                pages = list(alike)
                done = _write(pages, at)
                written += len(done)
                passed_over |= {row.pk for row in pages} - done
    except DiskFull:
        disk_is_full(at)
    return written


def write_pages(source: PageSource, keys: Iterable[str]) -> None:
    shell.catch_up()
    with ledger.together():
        for key, item in source.many(list(keys)):
            if item is None:
                for path in source.gone(key):
                    files.remove(path)
                continue
            for file in list(source.files(item)):  # all rendered before the first is written
                files.write(*file)


def lock_out_writers(*, alone: bool) -> None:
    """For this transaction. A rebuild must not put back what a writer has just replaced.

    Nor does it wait for PostgreSQL's disk: if a crash forgets that a page was written, it is
    written once more.
    """
    name = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name}(%s), set_config('synchronous_commit', 'off', true)", [LOCK])


def _waiting(seen: set[int], *, failed_too: bool) -> list[Stale]:
    rows = Stale.objects.exclude(pk__in=seen).order_by("tries", "rank", "id")
    return list(rows[:AT_ONCE] if failed_too else rows.filter(tries=0)[:AT_ONCE])


def _write(rows: list[Stale], at: datetime) -> set[int]:
    """Pages of one source in one go; where that fails, each for itself. Which were written."""
    try:
        done = _write_together(rows)
    except Exception as error:  # whatever a page's template raises: the old page stays
        if len(rows) > 1 and not is_full(error):
            return set[int]().union(*(_write([row], at) for row in rows))
        Stale.objects.filter(pk__in=[row.pk for row in rows]).update(tries=F("tries") + 1)
        if is_full(error):
            raise DiskFull from error
        log.exception("page %s was not written", rows[0])
        raise_alarm(_slug(rows[0]), f"The page {rows[0]} could not be written: {error}", at=at)
        return set()
    for row in rows:
        if row.tries and row.pk in done:
            end_alarm(_slug(row), at=at)
            end_alarm(DISK, at=at)
    return done


@transaction.atomic
def _write_together(rows: list[Stale]) -> set[int]:
    """A mark that comes meanwhile waits, and leaves a new row; a failure puts these back."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [[row.pk for row in rows]])
        taken = {number for (number,) in cursor.fetchall()}
    if taken:
        lock_out_writers(alone=False)
        write_pages(REGISTRY[rows[0].source], [row.key for row in rows if row.pk in taken])
    return taken


def _slug(row: Stale) -> str:
    return f"render {row}"


def is_full(error: Exception) -> bool:
    return isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}


def disk_is_full(at: datetime) -> None:
    log.error("the disk of the public files is full")
    raise_alarm(
        DISK,
        "The disk of the public files is full: pages keep their last good state and are written "
        "as soon as there is room. Free some space.",
        at=at,
    )

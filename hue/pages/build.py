"""Turning stale rows into files: one page at a time; a page that fails keeps its old file."""

import errno
import logging
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F

from hue.pages import files, shell
from hue.pages.alarms import end_alarm, raise_alarm
from hue.pages.models import Stale
from hue.pages.sources import REGISTRY, PageSource

log = logging.getLogger(__name__)
LOCK = 7_341_002  # shared by writers of single pages, held alone by each step of a rebuild
AT_ONCE = 20  # then look again whether something more urgent was marked meanwhile
DISK = "disk"
_TAKE = """
    DELETE FROM pages_stale
    WHERE id = (SELECT id FROM pages_stale WHERE id = %s FOR UPDATE SKIP LOCKED)
"""


class DiskFull(Exception):
    """No room for the public files; what stands there stays."""


def write_stale(*, at: datetime, failed_too: bool = False) -> int:
    """Write the pages that are marked, the most urgent first; how many were written."""
    written, passed_over = 0, set[int]()
    try:
        while rows := _waiting(passed_over, failed_too=failed_too):
            for row in rows:
                if _write_one(row, at):
                    written += 1
                else:
                    passed_over.add(row.pk)
    except DiskFull:
        disk_is_full(at)
    return written


def write_page(source: PageSource, key: str) -> None:
    shell.catch_up()
    item = source.get(key)
    if item is None:
        for path in source.gone(key):
            files.remove(path)
        return
    for file in list(source.files(item)):  # all rendered before the first is written
        files.write(*file)


def lock_out_writers(*, alone: bool) -> None:
    """For this transaction. A rebuild must not put back what a writer has just replaced."""
    name = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name}(%s)", [LOCK])


def _waiting(seen: set[int], *, failed_too: bool) -> list[Stale]:
    rows = Stale.objects.exclude(pk__in=seen).order_by("tries", "rank", "id")
    return list(rows[:AT_ONCE] if failed_too else rows.filter(tries=0)[:AT_ONCE])


def _write_one(row: Stale, at: datetime) -> bool:
    slug = f"render {row.source}:{row.key}"
    try:
        with transaction.atomic():
            if not _take(row):
                return False
            lock_out_writers(alone=False)
            write_page(REGISTRY[row.source], row.key)
    except Exception as error:  # whatever a page's template raises: the old page stays
        Stale.objects.filter(pk=row.pk).update(tries=F("tries") + 1)
        if is_full(error):
            raise DiskFull from error
        log.exception("page %s:%s was not written", row.source, row.key)
        raise_alarm(slug, f"The page {row.source} {row.key} could not be written: {error}", at=at)
        return False
    if row.tries:
        end_alarm(slug, at=at)
        end_alarm(DISK, at=at)
    return True


def _take(row: Stale) -> bool:
    """A mark that comes meanwhile waits, and leaves a new row; a failure puts this one back."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [row.pk])
        return bool(cursor.rowcount)


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

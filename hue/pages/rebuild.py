"""Writing every public page anew, in steps between which the single pages go on being written."""

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from hue.pages import files, index, ledger
from hue.pages.alarms import end_alarm, raise_alarm
from hue.pages.build import DiskFull, disk_is_full, is_full, lock_out_writers
from hue.pages.sources import REGISTRY, PageSource

log = logging.getLogger(__name__)
STEP = 200  # pages written while single pages wait: about a tenth of a second


class Rebuilt(NamedTuple):
    pages: int
    failed: int
    removed: int


def rebuild(*, at: datetime, progress: Callable[[int], None] = lambda pages: None) -> Rebuilt:
    """All pages of all sources; what no source owns any more is removed."""
    ledger.start_anew()
    began = _mark_the_beginning()
    pages = failed = 0
    sources = sorted((s for s in REGISTRY.values() if s.in_rebuild), key=lambda s: s.rank)
    try:
        for source in sources:
            for step in batches(source.keys(), STEP):
                with ledger.together():
                    good, bad = _write_step(source, step)
                pages, failed = pages + good, failed + bad
                progress(pages)
    except DiskFull:
        disk_is_full(at)
        raise
    # After a failure nothing is removed: the old file of the page that failed must stay.
    removed = 0 if failed else sum(_prune(source, began) for source in sources)
    index.rewrite(at=at, whole=not failed)
    _tell(failed, at)
    return Rebuilt(pages, failed, removed)


def batches(keys: Iterable[str], size: int) -> Iterator[list[str]]:
    rest = iter(keys)
    while step := list(islice(rest, size)):
        yield step


@transaction.atomic
def _write_step(source: PageSource, keys: list[str]) -> tuple[int, int]:
    lock_out_writers(alone=True)  # before the rows are read: nobody replaces them meanwhile
    good = bad = 0
    for key, item in source.many(keys):
        if item is None:
            continue
        try:
            for file in list(source.files(item)):
                files.write(*file)
            good += 1
        except Exception as error:  # whatever a page's template raises: the old page stays
            if is_full(error):
                raise DiskFull from error
            log.exception("%s %s was not rebuilt", source.name, key)
            bad += 1
    return good, bad


def _mark_the_beginning() -> int:
    """The file system's own time, in nanoseconds: what is older at the end was not rebuilt."""
    files.write("rebuilding.txt", b"")
    file = files.within_root("rebuilding.txt")
    began = file.stat().st_mtime_ns
    file.unlink()
    return began


def _prune(source: PageSource, began: int) -> int:
    folders = [f"{settings.PUBLIC_ROOT}/{folder}" for folder in source.folders]
    old = [file for folder in folders for file in _written_before(began, folder, source.suffixes)]
    for file in old:
        with suppress(FileNotFoundError):  # single pages go on being taken away meanwhile
            os.unlink(file)
    return len(old)


def _written_before(began: int, folder: str, suffixes: tuple[str, ...]) -> Iterator[str]:
    """One entry at a time: a folder may hold a million."""
    with suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _written_before(began, entry.path, suffixes)
            elif entry.name.endswith(suffixes) and _time_of(entry) < began:
                yield entry.path


def _time_of(entry: "os.DirEntry[str]") -> float:
    try:
        return entry.stat().st_mtime_ns
    except FileNotFoundError:
        return float("inf")


def _tell(failed: int, at: datetime) -> None:
    if failed:
        says = f"The last rebuild could not write {failed} pages: their old state stays public."
        raise_alarm("rebuild", says, at=at)
    else:
        end_alarm("rebuild", at=at)

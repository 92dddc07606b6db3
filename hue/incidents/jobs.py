"""Long looks at files, and storing them, apart from anybody's request."""

from collections.abc import Callable
from datetime import timedelta

from hue.incidents import uploads
from hue.incidents.actions import importing
from hue.incidents.arrivals import arrivals, examine
from hue.incidents.models import ImportBatch
from hue.incidents.queries import columns_of, table_of
from hue.incidents.streetfile.rows import FileRefused
from hue.jobs.queue import every, job
from hue.lib import clock
from hue.people.queries import system

# A file that nobody imported: it may hold what people told the police.
FORGOTTEN_AFTER = timedelta(days=1)


@job("incidents.check_import")
def check(batch: int) -> None:
    found = ImportBatch.objects.filter(pk=batch, state="checking").first()
    if found:
        look_through(found, _noting(batch))


@job("incidents.import")
def store(batch: int) -> None:
    found = ImportBatch.objects.filter(pk=batch, state="importing").first()
    if found:
        bring_in(found, _noting(batch))


@every("41 * * * *", "incidents.forget_files")
def forget_files() -> None:
    """Files that were handed in and then left lying."""
    at = clock.now()
    left = ImportBatch.objects.filter(state__in=["received", "ready", "refused"])
    for batch in left.filter(at__lt=at - FORGOTTEN_AFTER):
        importing.drop(by=system(), at=at, batch=batch)


def look_through(batch: ImportBatch, each: Callable[[int], None]) -> None:
    at = clock.now()
    try:
        seen = examine(arrivals(table_of(batch), columns_of(batch), latest=at), each)
    except (FileRefused, FileNotFoundError) as refused:
        batch.move_to("refused", why=_words(refused))
        return
    rows = seen.preview.rows
    state = "ready" if seen.preview.may_be_imported else "refused"
    why = "" if rows else "The file has headings and no rows."
    batch.move_to(state, found=seen.as_json(), rows=rows, why=why)


def bring_in(batch: ImportBatch, each: Callable[[int], None]) -> None:
    try:
        importing.complete(by=batch.by, at=clock.now(), batch=batch, each=each)
    except (importing.NotAllGood, FileRefused, FileNotFoundError) as refused:
        batch.move_to("refused", why=f"Nothing was imported. {_words(refused)}")


def _words(refused: Exception) -> str:
    return "The file is gone. Hand it in again." if isinstance(refused, OSError) else str(refused)


def _noting(batch: int) -> Callable[[int], None]:
    return lambda rows: uploads.note_progress(batch, rows)

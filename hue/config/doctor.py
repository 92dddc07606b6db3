"""`hue doctor`: what is wrong here, in sentences. Nothing is changed and nothing is started."""

import shutil
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import OperationalError

from hue.lib import clock
from hue.pages.models import Alarm, Stale

OWNER = "owner"
SPARE = 2 * 10**9
HEARTBEAT = 15  # seconds; the worker says every second that it lives
DRIFT = 5.0  # seconds
LATE = timedelta(minutes=1)

Complaints = Iterator[str]


def report(data: Path) -> int:
    """Prints the sentences; the exit code is 1 when something is wrong."""
    wrong = list(_complaints(data))
    for sentence in wrong:
        print(f"- {sentence}")
    for sentence in _remarks():
        print(f"  ({sentence})")
    if not wrong:
        print("Nothing is wrong here.")
    return 1 if wrong else 0


def _complaints(data: Path) -> Complaints:
    for check in (disk, keys, names):
        yield from check(data)
    try:
        # The owner's first: it has no pool, and so says at once what is wrong.
        connections[OWNER].ensure_connection()
        connections["default"].ensure_connection()
    except OperationalError as error:
        yield (
            f"The database does not answer ({_first_line(error)}). Is it running? "
            "`make run` starts the embedded one; DATABASE_URL and DATABASE_OWNER_URL name another."
        )
        return
    behind = list(migrations())
    yield from behind
    yield from roles()
    yield from drift()
    if not behind:
        yield from worker()
        yield from jobs()
        yield from pages()


def disk(data: Path) -> Complaints:
    free = shutil.disk_usage(data).free
    if free < SPARE:
        yield f"Only {free / 10**9:.1f} GB are free where {data} lies: make room before pages stop."
    for folder in (data, settings.PUBLIC_ROOT):
        if folder.exists() and not _writable(folder):
            yield f"{folder} cannot be written by this user: give it to the one who runs Hue & Cry."


def keys(data: Path) -> Complaints:
    for key in sorted((data / "keys").glob("*")):
        if not _readable(key):
            yield f"The key {key} cannot be read by this user."
        elif key.is_file() and key.stat().st_mode & 0o077:
            yield f"The key {key} can be read by others: `chmod 600 {key}`."


def names(data: Path) -> Complaints:
    public = not settings.HUE_SITE.startswith(("http://127.", "http://localhost", "http://[::1]"))
    if public and settings.HUE_DEMONSTRATION:
        yield (
            f"Demonstration sign-ins are on, and the site is {settings.HUE_SITE}: anybody could "
            "sign in. Set HUE_DEMONSTRATION=no."
        )
    if public and settings.HUE_EMBEDDED_DATABASE:
        yield (
            "The embedded database trusts every user of this machine: right for trying out, never "
            "for a force's real data. Set DATABASE_URL and DATABASE_OWNER_URL."
        )
    if public and settings.DEBUG:
        yield "HUE_DEBUG is on, and error pages show code to anybody. Set HUE_DEBUG=no."
    if public and settings.HUE_SITE.startswith("http://"):
        yield f"The site is {settings.HUE_SITE}, without encryption: passwords travel in the open."


def _remarks() -> Complaints:
    if settings.HUE_EMBEDDED_DATABASE:
        yield "The embedded database is for trying out, never for a force's real data."
    if clock.rate() != 1:
        yield f"The demonstration's clock runs {clock.rate():g} times as fast as yours."


def migrations() -> Complaints:
    executor = MigrationExecutor(connections[OWNER])
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        first = missing[0][0]
        yield (
            f"The tables lag {len(missing)} migrations behind, from {first.app_label} "
            f"{first.name} on: run `hue migrate`."
        )


def roles() -> Complaints:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        name, superuser, bypasses = cursor.fetchone()
        cursor.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' "
            "AND pg_has_role(current_user, tableowner, 'MEMBER')"
        )
        owned = cursor.fetchone()[0]
    if superuser or bypasses:
        yield (
            f"The application works as {name}, whom row-level security does not bind: take "
            f"`ALTER ROLE {name} NOSUPERUSER NOBYPASSRLS`."
        )
    elif owned:
        yield (
            f"The application works as {name}, who owns {owned} tables and could switch off what "
            "protects the record: DATABASE_URL needs a role of its own."
        )


def drift() -> Complaints:
    with connections["default"].cursor() as cursor:
        before = time.time()
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
        apart = float(cursor.fetchone()[0]) - (before + time.time()) / 2
    if abs(apart) > DRIFT:
        yield (
            f"The clocks of this machine and of the database are {abs(apart):.0f} seconds apart: "
            "let both follow a time server."
        )


def worker() -> Complaints:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers"
        )
        silent = cursor.fetchone()[0]
    if silent is None:
        yield "No worker runs, so nothing is published: start `hue work`, or all by `make run`."
    elif silent > HEARTBEAT:
        yield (
            f"The worker has been silent for {silent:.0f} seconds: its log says why "
            f"({_worker_log()})."
        )


def jobs() -> Complaints:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT task_name, count(*) FROM procrastinate_jobs "
            "WHERE status = 'failed' GROUP BY task_name ORDER BY task_name"
        )
        for name, count in cursor.fetchall():
            yield (
                f"The job {name} failed for good, {count} times: the worker's log says why "
                f"({_worker_log()})."
            )


def pages() -> Complaints:
    if not (settings.PUBLIC_ROOT / "index.html").exists():
        yield f"There is no public page under {settings.PUBLIC_ROOT}: run `hue build-pages`."
    waiting = Stale.objects.filter(since__lt=clock.now() - LATE * clock.rate())
    if waiting.exists():
        yield (
            f"{waiting.count()} pages have waited for more than a minute to be written: "
            "is the worker running, and is the disk full?"
        )
    for alarm in Alarm.objects.filter(over_at=None).order_by("since"):
        yield alarm.says


def _worker_log() -> str:
    """`hue run` writes a file; systemd keeps what the worker says in its journal."""
    file = Path(settings.HUE_DATA, "log", "worker.log")
    return str(file) if file.exists() else "journalctl -u 'hue-work@*'"


def _readable(file: Path) -> bool:
    return _permitted(lambda: file.open("rb").close())


def _writable(folder: Path) -> bool:
    def attempt() -> None:
        probe = folder / ".doctor"
        probe.touch()
        probe.unlink()

    return _permitted(attempt)


def _permitted(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except OSError:
        return False
    return True


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]

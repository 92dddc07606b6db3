"""Who uses the embedded database: it runs while somebody does, and the last one stops it.

The kernel keeps count by file locks, so that a process that was killed is not counted.
"""

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hue.config import database, revive
from hue.config.keep import alive


class AlreadyRunning(Exception):
    """Another `hue run` works on the same folder."""


@contextmanager
def database_for(data: Path) -> Iterator[str]:
    """The embedded database of `data`, running; yields the folder of its socket."""
    with users(data) as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        try:
            yield revive.start(data)
        finally:
            stop_if_last(data, lock)


@contextmanager
def users(data: Path) -> Iterator[int]:
    data.mkdir(parents=True, exist_ok=True)
    lock = os.open(data / "pg.users", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield lock
    finally:
        os.close(lock)


def stop_if_last(data: Path, lock: int) -> None:
    with suppress(BlockingIOError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        stop(data)


def stop(data: Path) -> None:
    try:
        database.stop(data)
    except (subprocess.SubprocessError, OSError) as error:
        # It was killed before and left its file behind: nothing is left to stop.
        print(f"PostgreSQL had stopped before ({error}).", file=sys.stderr)


def lock_folder(data: Path) -> int:
    """One `hue run` for each folder of data; the answer is the open lock."""
    data.mkdir(parents=True, exist_ok=True)
    file = data / "run.lock"
    lock = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = int(os.read(lock, 20) or 0)
        if holder and alive(holder):
            raise AlreadyRunning(
                f"Hue & Cry is running on {data} already, as process {holder}: use that one, stop "
                "it with Ctrl-C, or name another folder and port, such as "
                "`HUE_DATA=other HUE_BIND=127.0.0.1:8001 make run`."
            ) from None
        # It was killed, and what it started is being stopped this moment.
        fcntl.flock(lock, fcntl.LOCK_EX)
    os.truncate(lock, 0)
    os.pwrite(lock, str(os.getpid()).encode(), 0)
    return lock

"""Starts the embedded database again after it was killed: `python -m hue.config.revive FOLDER`.

A process of its own, because the package hands out its first handle for ever.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import psutil

from hue.config import database
from hue.config.keep import alive


def lives(data: Path) -> bool:
    """The postmaster of `data` runs."""
    try:
        first = _pid_file(data).read_text().splitlines()[0]
    except (FileNotFoundError, IndexError):
        return False
    return alive(int(first))


def start(data: Path) -> str:
    """Start the database of `data`, also where its postmaster was killed.

    Where nobody collects a killed process (a container), its number looks alive for ever, and
    PostgreSQL refuses to start beside it. So its file is taken away, but only when the last of its
    processes has gone: two servers on one folder would destroy it.
    """
    if not lives(data):
        for process in _left_behind(data / "pg"):
            process.terminate()
        psutil.wait_procs(_left_behind(data / "pg"), timeout=10)
        if not list(_left_behind(data / "pg")):
            _pid_file(data).unlink(missing_ok=True)
    return database.start(data)


def _left_behind(folder: Path) -> Iterator[psutil.Process]:
    """PostgreSQL's processes all work in the folder of their data."""
    for process in psutil.process_iter(["cwd", "status"]):
        if process.info["cwd"] == str(folder) and process.info["status"] != psutil.STATUS_ZOMBIE:
            yield process


def _pid_file(data: Path) -> Path:
    return data / "pg" / "postmaster.pid"


if __name__ == "__main__":
    try:
        start(Path(sys.argv[1]))
    except database.DatabaseTrouble as trouble:
        sys.exit(str(trouble))

"""Starts the embedded database again after it was killed: `python -m hue.config.revive FOLDER`.

A process of its own, because the package hands out its first handle for ever, and waits for ever
when the server that it started is killed before it looks.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil

from hue.config import database
from hue.config.keep import alive, in_words, turned

LIMIT = 40  # seconds; starting gives up by itself before, except in the case above


class Reviver:
    """Looks after the database while others are looked after too: nobody waits for it."""

    def __init__(self, data: Path) -> None:
        self._data, self._log = data, data / "log" / "database.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._looked, self._trouble = time.monotonic(), ""

    def look(self, say: Callable[[str], None]) -> None:
        """Once a second: starts it where it has ended, and says what came of that."""
        if time.monotonic() - self._looked < 1:
            return
        self._looked = time.monotonic()
        if self._process is None:
            if not lives(self._data):
                self._start()
        elif (code := self._process.poll()) is not None:
            self._process = None
            self._tell(code, say)

    def stop(self) -> None:
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def _start(self) -> None:
        with open(turned(self._log), "ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "hue.config.revive", str(self._data)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def _tell(self, code: int, say: Callable[[str], None]) -> None:
        """The same trouble once, however often it is tried."""
        trouble = f"PostgreSQL does not start ({in_words(code)}); {self._log} says why."
        if not code:
            trouble = ""
            say("PostgreSQL had ended: started it again.")
        elif trouble != self._trouble:
            say(trouble)
        self._trouble = trouble


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
    signal.alarm(LIMIT)
    try:
        start(Path(sys.argv[1]))
    except database.DatabaseTrouble as trouble:
        sys.exit(str(trouble))

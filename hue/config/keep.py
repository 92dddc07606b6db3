"""A process that is started again whenever it ends, whatever its exit code."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

PAUSES = (0.1, 0.5, 1, 2, 5, 10)
# Who lived that long starts again at once.
SETTLED = 10.0
LOG_LIMIT = 10 * 2**20
PR_SET_PDEATHSIG = 1


@dataclass
class Kept:
    name: str
    command: list[str]
    log: Path
    process: "subprocess.Popen[bytes] | None" = None
    ends: int = 0
    due: float = 0.0
    began: float = field(default_factory=time.monotonic)

    def look(self, say: Callable[[str], None]) -> None:
        """Starts the process when it is due, and notices when it has ended."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.due:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            return
        self.bury()
        self.ends = 1 if now - self.began > SETTLED else self.ends + 1
        pause = PAUSES[min(self.ends, len(PAUSES)) - 1]
        self.due = now + pause
        say(f"The {self.name} ended ({in_words(code)}): starting it again in {pause} s.")

    def start(self) -> None:
        self.began = time.monotonic()
        with open(turned(self.log), "ab") as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # Ctrl-C reaches the parent alone, which stops everything in order.
                start_new_session=True,
                preexec_fn=with_parent(os.getpid()),  # noqa: PLW1509 - this process has one thread
            )

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def gone(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def bury(self) -> None:
        """Ends what the process itself had started and may have left behind."""
        if self.process is None:
            return
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None


def stop(kept: list[Kept], *, patience: float, hurry: Callable[[], bool]) -> None:
    for child in kept:
        child.ask_to_stop()
    until = time.monotonic() + patience
    while not all(child.gone() for child in kept):
        if time.monotonic() > until or hurry():
            break
        time.sleep(0.05)
    for child in kept:
        child.bury()


def turned(log: Path) -> Path:
    """The log file, begun anew when it has grown too long; one older is kept."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".older.log"))
    return log


def in_words(code: int) -> str:
    if code < 0:
        return f"killed by signal {-code}"
    return "by itself" if code == 0 else f"with exit code {code}"


def alive(process: int) -> bool:
    """Runs, and is not merely waiting to be collected: in a container nobody may collect it."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return not sys.platform.startswith("linux")
    return status.rpartition(")")[2].split()[0] != "Z"


def with_parent(parent: int) -> Callable[[], None] | None:
    """What a child does first: it asks Linux to end it when its parent is killed."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl

    def bind() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it was killed before we asked
            os._exit(1)

    return bind

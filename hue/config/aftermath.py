"""What happens when `hue run` itself is killed: a small process that outlives it clears up.

It holds the folder's lock for as long as it works, so that the next `hue run` waits for it.
"""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from hue.config import hold

PATIENCE = 6.0


def attend(data: Path, lock: int, *, embedded: bool) -> "subprocess.Popen[bytes]":
    """Starts the process; tell it what was started by `note`."""
    database = ["embedded"] if embedded else []
    return subprocess.Popen(
        [sys.executable, "-m", "hue.config.aftermath", str(data), *database],
        stdin=subprocess.PIPE,
        pass_fds=[lock],
        start_new_session=True,
    )


def note(attendant: "subprocess.Popen[bytes]", groups: list[int]) -> None:
    assert attendant.stdin is not None
    with suppress(BrokenPipeError):
        attendant.stdin.write((" ".join(map(str, groups)) + "\n").encode())
        attendant.stdin.flush()


def dismiss(attendant: "subprocess.Popen[bytes]") -> None:
    note(attendant, [])
    attendant.kill()
    attendant.wait()


def main(data: Path, *, embedded: bool) -> None:
    groups: list[int] = []
    # Ends when the parent does, however it does.
    for line in sys.stdin:
        groups = [int(word) for word in line.split()]
    until = time.monotonic() + PATIENCE
    _signal(groups, signal.SIGTERM)
    while any(_lives(group) for group in groups) and time.monotonic() < until:
        time.sleep(0.05)
    _signal(groups, signal.SIGKILL)
    if embedded:
        with hold.users(data) as users:
            hold.stop_if_last(data, users)


def _signal(groups: list[int], which: signal.Signals) -> None:
    for group in groups:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(group, which)


def _lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # what macOS answers for one that has ended and is not yet collected
        return False
    return True


if __name__ == "__main__":
    main(Path(sys.argv[1]), embedded="embedded" in sys.argv[2:])

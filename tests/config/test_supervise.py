"""`hue run`, for real: its own database, server and worker, killed and stopped."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hue.config import serve

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="reads /proc to see what runs"
)


class Running:
    """One `hue run` in a folder of its own."""

    def __init__(self, data: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.where = serve.Address("127.0.0.1", free.getsockname()[1])
        self.data = data
        self.environment = {
            "PATH": os.environ["PATH"],
            "HUE_DATA": str(data),
            "HUE_BIND": str(self.where),
            "HUE_DEMONSTRATION": "no",
        }
        self.process = self.another()

    def another(self) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", "hue", "run"],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def ids(self, words: str) -> set[int]:
        """Processes of this folder whose command line has the words."""
        return {
            process
            for process, command, ours in _processes(str(self.data))
            if ours and words in command
        }

    def up(self) -> bool:
        return serve.answers(self.where) and bool(self.ids("hue work"))


def _processes(folder: str) -> Iterator[tuple[int, str, bool]]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                command = (entry / "cmdline").read_text().replace("\0", " ")
                ours = folder in command or folder in (entry / "environ").read_text()
            except OSError:
                continue
            # A process that has ended and waits to be collected has an empty command line.
            yield int(entry.name), command, ours and bool(command)


def until(true: Callable[[], object], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def nothing_is_left(running: Running) -> None:
    """No process of that folder; says which one otherwise."""
    end = time.monotonic() + 30
    while left := [
        f"{process}: {command}"
        for process, command, ours in _processes(str(running.data))
        if ours and process != os.getpid()
    ]:
        assert time.monotonic() < end, "\n".join(["still there:", *left])
        time.sleep(0.05)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    house = Running(tmp_path / "var")
    try:
        until(house.up, 60)
        yield house
    finally:
        for process in house.ids(""):
            if process != os.getpid():
                os.kill(process, signal.SIGKILL)
        house.process.communicate()


def test_what_is_killed_comes_back_and_ctrl_c_leaves_nothing(running: Running) -> None:
    _kill_and_wait(running, "hue work", min)
    _kill_and_wait(running, "granian", min)
    _kill_and_wait(
        running, "granian", max
    )  # the process that answers, which granian itself watches
    _kill_and_wait(running, "postgres -D", min)

    second, _ = running.another().communicate(timeout=20)
    assert f"as process {running.process.pid}" in second
    assert "Traceback" not in second

    running.process.send_signal(signal.SIGINT)
    said, _ = running.process.communicate(timeout=30)
    assert running.process.returncode == 0
    assert "Hue & Cry is running" in said
    assert said.rstrip().endswith("The next start goes on from here.")
    nothing_is_left(running)
    assert not (running.data / "pg" / "postmaster.pid").exists()


def test_the_greeting_ends_with_its_parent(running: Running) -> None:
    """Stopped at once, Hue & Cry does not leave it behind to wait for a database that is gone."""
    end = time.monotonic() + 5
    while not (greeting := running.ids("hue welcome")):
        if time.monotonic() > end:
            pytest.skip("it had said everything before anybody looked")
    for process in greeting:
        os.kill(process, signal.SIGSTOP)  # as slow as can be
    running.process.send_signal(signal.SIGINT)
    running.process.communicate(timeout=30)
    assert running.process.returncode == 0
    nothing_is_left(running)


def _kill_and_wait(running: Running, words: str, which: Callable[[set[int]], int]) -> None:
    """Kills the oldest or the youngest of them, and waits for all to be there again."""
    before = running.ids(words)
    os.kill(which(before), signal.SIGKILL)
    until(lambda: running.ids(words) - before and running.up())


def test_the_parent_may_be_killed_too_and_nothing_is_left(running: Running) -> None:
    running.process.kill()
    # At once: the second start waits until the first has been cleared away.
    again = running.another()
    until(lambda: not running.ids(f"{running.process.pid}"), 20)
    until(running.up, 60)
    again.send_signal(signal.SIGTERM)
    said, _ = again.communicate(timeout=30)
    assert "in use" not in said
    nothing_is_left(running)

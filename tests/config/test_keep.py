"""What ends is started again, and what is stopped leaves nothing behind."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hue.config import keep
from hue.config.keep import Kept

SLEEPS = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def kept(tmp_path: Path, said: list[str]) -> Iterator[Kept]:
    child = Kept("worker", SLEEPS, tmp_path / "log" / "worker.log")
    child.look(said.append)
    yield child
    child.bury()


def until(true: Callable[[], object], child: Kept, said: list[str]) -> None:
    end = time.monotonic() + 10
    while not true():
        assert time.monotonic() < end
        child.look(said.append)
        time.sleep(0.02)


def test_a_killed_process_comes_back(kept: Kept, said: list[str]) -> None:
    assert kept.process is not None
    first = kept.process.pid
    os.kill(first, signal.SIGKILL)
    until(lambda: kept.process and kept.process.pid != first, kept, said)
    assert said == ["The worker ended (killed by signal 9): starting it again in 0.1 s."]


def test_one_that_ends_with_code_0_comes_back_too(tmp_path: Path, said: list[str]) -> None:
    child = Kept("worker", [sys.executable, "-c", ""], tmp_path / "worker.log")
    until(lambda: child.ends == 2, child, said)
    child.bury()
    assert "by itself" in said[0]


def test_one_that_cannot_live_is_tried_less_and_less_often(tmp_path: Path, said: list[str]) -> None:
    child = Kept("server", [sys.executable, "-c", "raise SystemExit(3)"], tmp_path / "server.log")
    until(lambda: child.ends == 2, child, said)
    child.bury()
    assert said[0].endswith("(with exit code 3): starting it again in 0.1 s.")
    assert said[1].endswith("starting it again in 0.5 s.")


def test_what_a_killed_process_had_started_ends_with_it(tmp_path: Path, said: list[str]) -> None:
    spawns = (
        "import subprocess, time\n"
        f"print(subprocess.Popen({SLEEPS!r}).pid, flush=True)\n"
        "time.sleep(60)"
    )
    child = Kept("server", [sys.executable, "-c", spawns], tmp_path / "server.log")
    child.look(said.append)
    until(lambda: child.log.read_text().strip(), child, said)
    grandchild = int(child.log.read_text())
    assert child.process is not None
    os.kill(child.process.pid, signal.SIGKILL)
    until(lambda: child.ends == 1, child, said)
    until(lambda: ended(grandchild), child, said)
    child.bury()


def test_one_that_does_not_listen_is_ended_after_patience(tmp_path: Path, said: list[str]) -> None:
    deaf = (
        "import signal, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "print('deaf', flush=True)\n"
        "time.sleep(60)"
    )
    child = Kept("worker", [sys.executable, "-c", deaf], tmp_path / "worker.log")
    child.look(said.append)
    until(child.log.read_text, child, said)
    began = time.monotonic()
    keep.stop([child], patience=0.3, hurry=lambda: False)
    assert child.process is None
    assert time.monotonic() - began < 3


def test_a_long_log_is_turned_over_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keep, "LOG_LIMIT", 10)
    log = tmp_path / "worker.log"
    log.write_text("more than ten characters")
    assert keep.turned(log) == log
    assert not log.exists()
    assert (tmp_path / "worker.older.log").read_text() == "more than ten characters"


def ended(process: int) -> bool:
    """Gone, or waiting to be collected by whoever adopted it."""
    status = Path(f"/proc/{process}/stat")
    if sys.platform.startswith("linux"):
        return not status.exists() or ") Z " in status.read_text()
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False

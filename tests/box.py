"""The whole product as processes: supervisor, server, worker and a database of its own."""

import fcntl
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psycopg
import pytest

from hue.config import database, hold

ROOT = Path(__file__).resolve().parents[1]
PREPARED = Path(os.environ.get("HUE_TEST_DATA", ROOT / "var" / "tests")) / "prepared"
# Slow enough that nothing happens by itself while a test looks; times still differ.
NEARLY_STILL = 0.05


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Box:
    """`hue run` in a folder of its own; stopped by its own process id."""

    def __init__(self, data: Path) -> None:
        self.data, self.port = data, free_port()
        self.site = f"http://127.0.0.1:{self.port}"
        self.env = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("HUE_", "DATABASE_"))},
            "HUE_DATA": str(data),
            "HUE_BIND": f"127.0.0.1:{self.port}",
            "HUE_SITE": self.site,
            "HUE_DEMONSTRATION": "yes",
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "hue.config.settings",
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with open(self.data / "run.log", "ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "hue", "run"],
                cwd=ROOT,
                env=self.env,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.until(lambda: self.get("/").status_code == 200, 90)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(30)

    def hue(self, *words: str) -> str:
        """One command of ours, against this box."""
        return self._said("-m", "hue", *words)

    def python(self, code: str) -> str:
        """A few lines with Django ready, as the application would run them."""
        return self._said("-c", "import django; django.setup()\n" + code)

    def _said(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env=self.env,
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def get(self, path: str, **also: object) -> httpx.Response:
        try:
            return httpx.get(self.site + path, timeout=5, **also)  # type: ignore[arg-type]
        except httpx.TransportError:
            return httpx.Response(599)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        host = (self.data / "pg.host").read_text()
        with psycopg.connect(host=host, user=database.APPLICATION, dbname=database.NAME) as c:
            return c.execute(query).fetchall()  # type: ignore[arg-type,call-overload]

    def children(self, word: str) -> list[int]:
        """Processes of this box whose command line holds `word`."""
        assert self.process is not None
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                env = (folder / "environ").read_bytes()
            except OSError:
                continue
            if word in line and f"HUE_DATA={self.data}\0".encode() in env:
                found.append(int(folder.name))
        return [pid for pid in found if pid != self.process.pid]

    def until(self, true: Callable[[], object], seconds: float = 15) -> None:
        """Wait until `true()`; fails with the log's last lines."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            if true():
                return
            if self.process and self.process.poll() is not None:
                break
            time.sleep(0.1)
        tail = (self.data / "run.log").read_text()[-3000:]
        raise AssertionError(f"It did not become true in {seconds} s. The log ends:\n{tail}")

    def until_written(self, seconds: float = 60) -> None:
        """Until the worker has done what was left to it, and every page is a file."""
        left = (
            "SELECT (SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') "
            "AND NOT task_name IN (SELECT task_name FROM procrastinate_periodic_defers))"
            " + (SELECT count(*) FROM pages_stale)"
        )
        self.until(lambda: self.rows(left) == [(0,)], seconds)


@contextmanager
def running(folder: Path, *, at: str = "", speed: float = 60) -> Iterator[Box]:
    """A demonstration that runs; with `at` ("16:10") the day up to then has been played."""
    if at:
        copy(prepared(at, speed), folder)
    box = Box(folder)
    try:
        box.start()
        yield box
    finally:
        box.stop()
        hold.stop(folder)


def prepared(at: str, speed: float) -> Path:
    """A folder with the day played up to `at`; made once for this state of the code."""
    folder = PREPARED / f"{_code()}-{at.replace(':', '')}-{speed:g}"
    PREPARED.mkdir(parents=True, exist_ok=True)
    with open(PREPARED / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "complete").exists():
            for old in PREPARED.glob("*-*"):
                if not old.name.startswith(_code()):
                    shutil.rmtree(old, ignore_errors=True)
            shutil.rmtree(folder, ignore_errors=True)
            _prepare(folder, at, speed)
            (folder / "complete").touch()
    return folder


def _prepare(folder: Path, at: str, speed: float) -> None:
    folder.mkdir()
    box = Box(folder)
    database.start(folder, fast=True)
    try:
        box.hue("migrate", "--verbosity=0")
        box.hue("manage", "collectstatic", "--no-input", "--verbosity=0")
        box.hue("demo", "--at", at, "--speed", str(speed))
        box.start()
        box.until_written()
    finally:
        box.stop()
        hold.stop(folder)


def copy(source: Path, target: Path) -> None:
    # Not shutil: when root runs this, the database's files belong to somebody else.
    subprocess.run(["cp", "-a", f"{source}/.", str(target)], check=True)


def _code() -> str:
    digest = hashlib.sha256()
    for file in sorted((ROOT / "hue").rglob("*")):
        if file.is_file() and file.suffix != ".pyc":
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    """A running demonstration, shared by the tests of one file."""
    with running(tmp_path_factory.mktemp("box")) as started:
        yield started

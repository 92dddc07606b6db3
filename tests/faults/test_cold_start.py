"""A fresh clone and nothing else: `make run` to the live event, Ctrl-C, and on from there."""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hue.config import hold, serve
from tests.box import ROOT, Box
from tests.processes import wait_for

SOAK = os.environ.get("HUE_SOAK") == "yes"
LIMIT = 90  # seconds, on two cores: what is promised
EVENT = "/events/bsp24/"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SOAK, reason="This fetches every package anew: run `make soak`."),
    pytest.mark.skipif(
        not (shutil.which("git") and (ROOT / ".git").exists()),
        reason="This checkout is no git repository, so there is nothing to clone.",
    ),
]


class Fresh(Box):
    """A clone with empty package caches, run as its user runs it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "data")
        self.data.mkdir()
        self.clone = folder / "clone"
        subprocess.run(["git", "clone", "--quiet", ROOT, self.clone], check=True)
        ours = ("HUE_", "DATABASE_", "PYTHON", "DJANGO_", "PYTEST_", "VIRTUAL_ENV")
        self.env = {
            **{name: value for name, value in os.environ.items() if not name.startswith(ours)},
            "HUE_DATA": str(self.data),
            "HUE_BIND": f"127.0.0.1:{self.port}",
            "UV_CACHE_DIR": str(folder / "uv"),
            "PIP_CACHE_DIR": str(folder / "pip"),
            "NPM_CONFIG_CACHE": str(folder / "npm"),
        }

    def start(self) -> None:
        with open(self.data / "run.log", "ab") as log:
            self.process = subprocess.Popen(
                ["make", "run"],
                cwd=self.clone,
                env=self.env,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # the foreground of a terminal of its own
            )
        self.until(lambda: self.get(EVENT).status_code == 200, 10 * LIMIT)

    def stop(self) -> None:
        """Ctrl-C reaches make and everything it runs in the foreground."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGINT)
            self.process.wait(30)

    def lines(self) -> set[str]:
        return set(re.findall(r"/posts/([0-9a-z]{10})/", self.get(EVENT).text))

    def shows(self) -> object:
        return self.rows("SELECT shown_at FROM demo_progress")[0][0]


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Fresh]:
    box = Fresh(tmp_path)
    try:
        yield box
    finally:
        box.stop()
        hold.stop(box.data)
        shutil.rmtree(box.clone, ignore_errors=True)


def test_a_fresh_clone_runs_in_time_and_goes_on_after_ctrl_c(fresh: Fresh) -> None:
    assert not (fresh.clone / ".venv").exists()
    began = time.monotonic()
    fresh.start()
    cold = time.monotonic() - began
    print(f"\nfrom `make run` in a fresh clone to the live event: {cold:.1f} s")
    fresh.until(lambda: len(fresh.lines()) > 3, 60)
    seen, shown = fresh.lines(), fresh.shows()

    fresh.stop()
    wait_for(lambda: not fresh.children(""), seconds=5)
    assert serve.is_free(serve.Address("127.0.0.1", fresh.port))
    assert not (fresh.data / "pg" / "postmaster.pid").exists()
    assert "The next start goes on from here." in (fresh.data / "run.log").read_text()

    began = time.monotonic()
    fresh.start()
    again = time.monotonic() - began
    print(f"and the second time: {again:.1f} s")
    assert seen <= fresh.lines(), "a line was lost"
    later = fresh.shows() - shown  # type: ignore[operator]
    assert 0 <= later.total_seconds() < 60 * (again + 30), "the day began anew, or jumped"
    assert cold <= LIMIT

"""One `hue run` for each folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hue.config import hold

HOLDS = """
import pathlib, sys, time
from hue.config import hold
hold.lock_folder(pathlib.Path(sys.argv[1]))
print("held", flush=True)
time.sleep(60)
"""


def test_a_second_run_in_the_same_folder_is_refused_in_a_sentence(tmp_path: Path) -> None:
    first = subprocess.Popen([sys.executable, "-c", HOLDS, str(tmp_path)], stdout=subprocess.PIPE)
    assert first.stdout is not None
    try:
        assert first.stdout.readline() == b"held\n"
        with pytest.raises(hold.AlreadyRunning, match=f"as process {first.pid}"):
            hold.lock_folder(tmp_path)
    finally:
        first.kill()
        first.wait()
        first.stdout.close()
    os.close(hold.lock_folder(tmp_path))


def test_the_lock_names_its_holder(tmp_path: Path) -> None:
    (tmp_path / "run.lock").write_text("123456789012")
    lock = hold.lock_folder(tmp_path)
    assert (tmp_path / "run.lock").read_text() == str(os.getpid())
    os.close(lock)

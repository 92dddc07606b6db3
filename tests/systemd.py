"""A unit under deploy/ run as systemd would run it, where systemd itself is not.

What is read here is the part of the language that our files use; anything else is refused, so that
a new line in a unit is either honoured by the tests or noticed.
"""

import os
import re
import resource
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.place import HERE, HOST

# What a service of the system finds in its environment before its own files add to it.
BARE = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}
HONOURED = {
    "User", "EnvironmentFile", "WorkingDirectory", "ExecStart", "Restart", "RestartSec",
    "TimeoutStopSec", "LimitNOFILE", "UMask", "NoNewPrivileges", "ProtectSystem", "ProtectHome",
    "PrivateTmp", "PrivateDevices", "ReadWritePaths",
}  # fmt: skip
DEVICES = ("null", "zero", "full", "random", "urandom", "tty")
POINTS = ("shm", "pts")


def section(text: str, name: str) -> dict[str, str]:
    """The keys of one section; none of ours stands twice, and no line is continued."""
    found: dict[str, str] = {}
    at = ""
    for line in map(str.strip, text.splitlines()):
        if not line or line.startswith(("#", ";")):
            continue
        assert not line.endswith("\\"), line
        if line.startswith("["):
            at = line.strip("[]")
        elif at == name:
            key, _, value = line.partition("=")
            assert key.strip() not in found, f"{key} stands twice"
            found[key.strip()] = value.strip()
    return found


def environment(text: str) -> dict[str, str]:
    """An EnvironmentFile: no shell reads it, and ours use nothing that a shell would change."""
    found: dict[str, str] = {}
    for line in map(str.strip, text.splitlines()):
        if line and not line.startswith(("#", ";")):
            name, equals, value = line.partition("=")
            assert equals, f"systemd would pass over {line!r}"
            assert re.fullmatch(r"[A-Z][A-Z0-9_]*", name), line
            assert not re.search(r"[\s\"'\\$`;&|<>()#]", value), line
            assert name not in found, f"{name} stands twice"
            found[name] = value
    return found


@dataclass
class Service:
    keys: dict[str, str]
    process: "subprocess.Popen[bytes]"

    def stop(self) -> None:
        """SIGTERM to every process of the unit, which has TimeoutStopSec to go."""
        began = time.monotonic()
        os.killpg(self.process.pid, signal.SIGTERM)
        while time.monotonic() - began < int(self.keys["TimeoutStopSec"]):
            self.process.poll()
            if not alive(self.process.pid):
                return
            time.sleep(0.05)
        raise AssertionError(f"systemd would have killed {self.keys['ExecStart']}")


@contextmanager
def started(unit: str, place: Path, *, sandboxed: bool) -> Iterator[Service]:
    """The unit with this text, ended whatever happens; what it says stands beside `place`."""
    keys = section(unit, "Service")
    assert set(keys) <= HONOURED, f"not honoured here: {set(keys) - HONOURED}"
    command = shlex.split(keys["ExecStart"])
    assert command[0].startswith("/"), "systemd takes no other"
    assert "%" not in keys["ExecStart"]
    call = ["sh", "-c", 'ulimit -n "$0" && exec "$@"', _files(keys["LimitNOFILE"]), *command]
    said = place.parent / "service.log"
    with open(said, "ab") as log:
        process = subprocess.Popen(
            [*sandbox(keys, place), *call] if sandboxed else call,
            cwd=keys["WorkingDirectory"],
            env={**BARE, **environment(Path(keys["EnvironmentFile"]).read_text())},
            umask=int(keys["UMask"], 8),
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        yield Service(keys, process)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        print(said.read_text())  # shown when the test fails


def _files(wanted: str) -> str:
    """As many as this machine lets us have."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    return wanted if hard == resource.RLIM_INFINITY else str(min(int(wanted), hard))


def alive(session: int) -> list[int]:
    """Who still works in the session that this process opened."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == session and fields[0] != "Z":
                found.append(int(folder.name))
    return found


def can_sandbox() -> bool:
    """Mount namespaces are root's here, and not every container lends them."""
    call = ["unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    with suppress(FileNotFoundError):
        return (
            os.geteuid() == 0
            and not subprocess.run(call, capture_output=True, check=False).returncode
        )
    return False


def sandbox(keys: dict[str, str], place: Path) -> list[str]:
    """A call that runs what follows it with the file system as the unit asks for it.

    Folders that the tests themselves need stay, also where the unit would hide them.
    """
    assert keys["ProtectSystem"] == "strict"
    yes = {name for name, value in keys.items() if value == "yes"}
    needed = [str(one.resolve()) for one in (HERE, HERE / ".venv", Path(sys.base_prefix), place)]
    needed.append(HOST)
    hidden = [home for home in ("/home", "/root", "/run/user") if "ProtectHome" in yes]
    own = [folder for folder in ("/tmp", "/var/tmp") if "PrivateTmp" in yes]
    writable = [*own, *keys["ReadWritePaths"].split()]
    steps = ["set -e", *(f"mount --bind {path} {path}" for path in writable)]
    if "PrivateDevices" in yes:
        steps += _devices(place.parent / "dev")
    others = "|".join(f"{path}|{path}/*" for path in ("/proc", "/sys", "/dev", *writable))
    steps.append(
        f'findmnt -rno TARGET | while read -r at; do case "$at" in {others}) ;; '
        '*) mount -o remount,bind,ro "$at" || : ;; esac; done'
    )
    for folders, options in ((hidden, "ro,mode=000"), (own, "mode=1777")):
        for folder in folders:
            if Path(folder).is_dir() and not any(
                f"{path}/".startswith(f"{folder}/") for path in needed
            ):
                steps.append(f"mount -t tmpfs -o {options} tmpfs {folder}")
    no_more = "setpriv --no-new-privs" if "NoNewPrivileges" in yes else ""
    steps.append(f'cd "$PWD"; exec {no_more} "$@"')
    return ["unshare", "--mount", "sh", "-c", "\n".join(steps), "sandbox"]


def _devices(folder: Path) -> list[str]:
    """The few that PrivateDevices leaves, put together in `folder` and moved to /dev."""
    folder.mkdir(exist_ok=True)
    return [
        f"mount -t tmpfs -o mode=755 tmpfs {folder}",
        *(f"touch {folder}/{name}; mount --bind /dev/{name} {folder}/{name}" for name in DEVICES),
        *(f"mkdir {folder}/{name}; mount --bind /dev/{name} {folder}/{name}" for name in POINTS),
        f"mount --move {folder} /dev",
    ]

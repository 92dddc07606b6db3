"""snac2 from Debian beside a test: a small server of the fediverse in C, over plain http."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from hue.config import serve
from tests.box import free_port
from tests.processes import wait_for

needs_snac = pytest.mark.skipif(
    not shutil.which("snac"), reason="snac2 is not installed: run `make test` as root."
)


class Snac:
    def __init__(self, folder: Path, site: str, password: str) -> None:
        self._folder, self.site, self._password = folder, site, password

    @property
    def actor(self) -> str:
        return f"{self.site}/ann"

    def do(self, verb: str, *words: str) -> None:
        """As its command line does it; what is to be sent goes out a moment later."""
        call = ["snac", verb, str(self._folder), "ann", *words]
        subprocess.run(call, check=True, capture_output=True)

    def answer(self, note: str, words: str) -> None:
        """By its form, as its user would."""
        told = {"content": words, "in_reply_to": note, "redir": "/ann"}
        files = {name: (None, value) for name, value in told.items()}
        auth = ("ann", self._password)
        said = httpx.post(f"{self.actor}/admin/note", files=files, auth=auth)
        assert said.status_code < 400, said.text

    def was_accepted(self) -> bool:
        """It answers 202 to anything, and verifies later."""
        files = (self._folder / "user/ann/following").glob("*.json")
        return any('"Accept"' in file.read_text() for file in files)


@contextmanager
def snac(folder: Path) -> Iterator[Snac]:
    where = serve.Address("127.0.0.1", free_port())
    asked = f"127.0.0.1\n{where.port}\n{where}\n\n\n"
    subprocess.run(["snac", "init", str(folder)], input=asked.encode(), check=True)
    settings = json.loads((folder / "server.json").read_text())
    (folder / "server.json").write_text(json.dumps(settings | {"protocol": "http"}))
    added = subprocess.run(
        ["snac", "adduser", str(folder), "ann"], input=b"ann\n", check=True, capture_output=True
    )
    password = re.search(rb"password is (\S+)", added.stdout + added.stderr)
    assert password
    with open(folder / "log", "wb") as log:
        server = subprocess.Popen(["snac", "httpd", str(folder)], stdout=log, stderr=log)
    try:
        wait_for(lambda: serve.answers(where))
        yield Snac(folder, f"http://{where}", password[1].decode())
    finally:
        server.terminate()
        server.wait(20)
        print((folder / "log").read_text()[-5000:])

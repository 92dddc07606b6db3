"""A database, keys and folders for one bench; run as `python -m hue.config.bench.place NAME`."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from hue.config import database, serve
from hue.config.bench.figures import told


def main(name: str) -> None:
    data = Path(os.environ["HUE_DATA"])
    port = free_port()
    os.environ["HUE_STREAMS_AN_ADDRESS"] = "30000"  # all of a bench's readers sit on this machine
    os.environ |= {"HUE_BIND": f"127.0.0.1:{port}", "HUE_SITE": f"http://127.0.0.1:{port}"}
    database.start(data)
    try:
        _set_up()
        print(json.dumps(told(import_module(f"hue.config.bench.{name}").figures())))
    finally:
        database.stop(data)


def free_port() -> int:
    return next(p for p in range(8400, 9000) if serve.is_free(serve.Address("127.0.0.1", p)))


def free_pairs(count: int) -> list[int]:
    """The lower ones of so many pairs of neighbouring ports."""
    free = [p for p in range(8500, 9000) if serve.is_free(serve.Address("127.0.0.1", p))]
    return [p for p in free if p % 2 == 0 and p + 1 in free][:count]


def say(words: str) -> None:
    print(f"  {words}", file=sys.stderr, flush=True)


@contextmanager
def running(*call: str) -> Iterator[subprocess.Popen[bytes]]:
    """A program of ours or of others, stopped afterwards whatever happened."""
    program = subprocess.Popen(call, stdout=sys.stderr)
    try:
        yield program
    finally:
        program.terminate()
        try:
            program.wait(10)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()


@contextmanager
def server() -> Iterator[serve.Address]:
    """The one-box server as it runs in production."""
    from django.conf import settings

    where = serve.address(settings.HUE_BIND)
    with running(*serve.command(where, servers=1)):
        wait_for(where)
        yield where


def wait_for(where: serve.Address) -> None:
    until = time.monotonic() + 30
    while not serve.answers(where):
        if time.monotonic() > until:
            raise TimeoutError(f"Nothing answers at {where}.")
        time.sleep(0.1)


def _set_up() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", database="owner", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0, stdout=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1])

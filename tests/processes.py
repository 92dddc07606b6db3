"""Real processes of ours beside a test, on the test's own database and folder."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.conf import settings
from django.db import connections

from tests.place import HERE


def own_environment(**also: str) -> dict[str, str]:
    """What a child needs to work where the test works."""
    return {
        **os.environ,
        "HUE_DATA": str(settings.HUE_DATA),
        "DATABASE_URL": _url("default"),
        "DATABASE_OWNER_URL": _url("owner"),
        **also,
    }


def start(*call: str, **also: str) -> "subprocess.Popen[bytes]":
    """`python -m hue …`, to be ended by the test."""
    return subprocess.Popen(
        [sys.executable, "-m", *call],
        cwd=HERE,
        env=own_environment(**also),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


@contextmanager
def running(*call: str, **also: str) -> Iterator["subprocess.Popen[bytes]"]:
    process = start(*call, **also)
    try:
        yield process
    finally:
        process.kill()
        said = process.communicate()[0]
        sys.stdout.buffer.write(said)  # shown when the test fails


def wait_for(fact: Callable[[], Any], *, seconds: float = 30, every: float = 0.02) -> Any:
    """The first true answer of `fact`; fails when none comes in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with suppress(OSError):
            if answer := fact():
                return answer
        time.sleep(every)
    raise AssertionError(f"waited {seconds} s in vain for {fact}")


def _url(alias: str) -> str:
    known = connections[alias].settings_dict
    return f"postgresql://{known['USER']}@/{known['NAME']}?host={known['HOST']}"

"""Which browser the tests and the pictures of the documentation use: Debian's Chromium."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = (
    "No Chromium here: `apt-get install chromium` (Debian, as root) brings one, and `make test` "
    "does so by itself where it can."
)
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    # Without these it looks for its maker's servers at each start.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def found() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def options(executable: str) -> dict[str, Any]:
    # A container's root has no user namespaces to build a sandbox of.
    root = ("--no-sandbox",) if os.geteuid() == 0 else ()
    return {"executable_path": executable, "args": [*QUIET, *root]}


@contextmanager
def launched() -> Iterator[Browser]:
    """For tools; tests have the fixtures of pytest-playwright."""
    executable = found()
    if executable is None:
        raise SystemExit(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**options(executable))
        yield browser
        browser.close()

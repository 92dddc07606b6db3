"""Before the first request: tables, static files, the demonstration if there is one, pages."""

import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command, get_commands

from hue.people.models import Force


def make_ready() -> None:
    _step("Tables", lambda: call_command("migrate", database="owner", verbosity=0))
    _step("Static files", _collect)
    if settings.HUE_DRILL:
        _step("Drill", _drill)
    elif settings.HUE_DEMONSTRATION and "demo" in get_commands():
        _step("Demonstration", lambda: call_command("demo"))
    if Force.objects.exists() and _look_changed():
        _step("Public pages", _build)


def _drill() -> None:
    """The people of the demonstration without its day; the clock begins with the event."""
    name, _, speed = settings.HUE_DRILL.partition(":")
    call_command("demo", people_alone=True)
    call_command("drill", name, speed=float(speed or 10), stdout=StringIO())


def _collect() -> None:
    call_command("collectstatic", interactive=False, verbosity=0, stdout=StringIO())


def _look_changed() -> bool:
    """Pages name style sheets and scripts by their content: new ones need new pages."""
    return not _built_with().exists() or _built_with().read_bytes() != _manifest()


def _build() -> None:
    call_command("build_pages", stdout=StringIO())
    _built_with().write_bytes(_manifest())


def _built_with() -> Path:
    return Path(settings.HUE_DATA, "pages-built-with.json")


def _manifest() -> bytes:
    return Path(settings.STATIC_ROOT, "staticfiles.json").read_bytes()


def _step(name: str, work: Callable[[], object]) -> None:
    began = time.monotonic()
    work()
    print(f"  {time.monotonic() - began:5.1f} s  {name}", flush=True)

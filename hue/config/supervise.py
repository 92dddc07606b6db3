"""`hue run`: one parent that starts everything, keeps it alive, and stops the database last."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from hue.config import aftermath, database, hold, revive, serve
from hue.config.keep import Kept, in_words, stop, with_parent

TICK = 0.1
# A worker ends its jobs within ten seconds of being asked.
PATIENCE = 12.0
SLOW_START = 30.0


class NotReady(Exception):
    """A step before the start failed; the message says which and where to read more."""


@dataclass
class Wish:
    """How often somebody asked us to stop: twice means at once."""

    asked: int = 0


@dataclass
class House:
    """What stands while `hue run` runs."""

    data: Path
    where: serve.Address
    reviver: revive.Reviver | None  # where the database is the embedded one
    children: list[Kept]
    wish: Wish
    groups: list[int] = field(default_factory=list)
    greeting: "subprocess.Popen[bytes] | None" = None
    began: float = field(default_factory=time.monotonic)


def run() -> None:
    from hue.config import settings

    data, where = settings.HUE_DATA, serve.address(settings.HUE_BIND)
    lock = hold.lock_folder(data)
    serve.require_free(where)
    reviver = revive.Reviver(data) if settings.HUE_EMBEDDED_DATABASE else None
    house = House(data, where, reviver, _children(data), Wish())
    attendant = aftermath.attend(data, lock, embedded=bool(reviver))
    with _listening(house.wish):
        try:
            _run(house, attendant)
        except (database.DatabaseTrouble, NotReady):
            # Ctrl-C in the terminal ends PostgreSQL's own first steps too: that is no trouble.
            if not house.wish.asked:
                raise
        finally:
            aftermath.dismiss(attendant)


def _run(house: House, attendant: "subprocess.Popen[bytes]") -> None:
    say("Starting ...")
    with hold.database_for(house.data) if house.reviver else nullcontext():
        _make_ready(house.wish)
        try:
            _keep(house, attendant)
        finally:
            say("Stopping ...")
            _end_greeting(house)
            stop(house.children, patience=PATIENCE, hurry=lambda: house.wish.asked > 1)
            if house.reviver:
                house.reviver.stop()
    say("Stopped. The next start goes on from here.")


def _children(data: Path) -> list[Kept]:
    return [
        Kept(name, [sys.executable, "-m", "hue", verb], data / "log" / f"{name}.log")
        for name, verb in (("server", "serve"), ("worker", "work"))
    ]


def _make_ready(wish: Wish) -> None:
    """Tables, static files, demonstration: in a process of its own, which may be interrupted."""
    step = subprocess.Popen([sys.executable, "-m", "hue", "make-ready"], start_new_session=True)
    while step.poll() is None:
        if wish.asked:
            step.terminate()
        time.sleep(TICK)
    if step.returncode and not wish.asked:
        raise NotReady(f"The start ended here ({in_words(step.returncode)}); the reason is above.")


def _keep(house: House, attendant: "subprocess.Popen[bytes]") -> None:
    while not house.wish.asked:
        for child in house.children:
            child.look(say)
        groups = [child.process.pid for child in house.children if child.process]
        if groups != house.groups:
            house.groups = groups
            aftermath.note(attendant, groups)
        _greet(house)
        if house.reviver:
            house.reviver.look(say)
        time.sleep(TICK)


def _greet(house: House) -> None:
    """Once the server answers, another process prints where to go."""
    if house.greeting is not None:
        house.greeting.poll()
    elif serve.answers(house.where):
        house.greeting = subprocess.Popen(
            [sys.executable, "-m", "hue", "welcome"],
            # Without its parent it would wait for a database that nobody starts any more.
            preexec_fn=with_parent(os.getpid()),  # noqa: PLW1509 - this process has one thread
        )
    elif time.monotonic() - house.began > SLOW_START:
        house.began = time.monotonic()
        say(f"The server does not answer yet: {house.children[0].log} says why.")


def _end_greeting(house: House) -> None:
    """Before the database goes, which it may still be asking."""
    if house.greeting is not None:
        house.greeting.kill()
        house.greeting.wait()


@contextmanager
def _listening(wish: Wish) -> Iterator[None]:
    def ask(*_: object) -> None:
        wish.asked += 1

    asking = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before: list[Callable[..., object] | int | None] = [signal.signal(one, ask) for one in asking]
    try:
        yield
    finally:
        for one, handler in zip(asking, before, strict=True):
            signal.signal(one, handler)


def say(sentence: str) -> None:
    print(sentence, flush=True)

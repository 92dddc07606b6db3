"""In a drill nothing leaves this machine: no connection opens, whoever asks for one.

Checked where Python itself opens sockets, so that it holds for every connector, also for those that
are written later. PostgreSQL's own library is C and reaches the database by its file.
"""

import sys
from typing import Any

from django.conf import settings

_INTERNET = frozenset({2, 10})  # AF_INET, AF_INET6: Linux
_OURSELVES = frozenset({None, "", "127.0.0.1", "::1", "localhost", b"localhost"})
_OPENS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_built = False


class Inside(OSError):
    """This is a drill: nothing leaves."""


def build() -> None:
    """Once in a process, for ever; it looks at HUE_DRILL each time."""
    global _built
    if not _built:
        _built = True
        sys.addaudithook(_look)


def _look(event: str, told: tuple[Any, ...]) -> None:
    if event in _OPENS:
        if settings.HUE_DRILL and told[0].family in _INTERNET:
            raise Inside("This is a drill: nothing leaves this machine.")
    elif event == "socket.getaddrinfo" and settings.HUE_DRILL and told[0] not in _OURSELVES:
        raise Inside("This is a drill: no name is looked up.")

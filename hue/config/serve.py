"""The one-box server: where it listens, and how granian is called."""

import os
import socket
import sys
from typing import NamedTuple

from django.core.exceptions import ImproperlyConfigured


class Address(NamedTuple):
    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


class PortBusy(Exception):
    """Another program listens where the server should; the message says how to choose another."""


def address(bind: str) -> Address:
    host, _, port = bind.rpartition(":")
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise ImproperlyConfigured(f"HUE_BIND is {bind!r}: it must look like 127.0.0.1:8000.")
    return Address(host.strip("[]") or "127.0.0.1", int(port))


def is_free(where: Address) -> bool:
    family = socket.AF_INET6 if ":" in where.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind(where)
        except OSError:
            return False
    return True


def require_free(where: Address) -> None:
    if is_free(where):
        return
    later = (Address(where.host, port) for port in range(where.port + 1, 65536))
    other = next(candidate for candidate in later if is_free(candidate))
    raise PortBusy(
        f"Port {where.port} on {where.host} is in use by another program: stop that one, or choose "
        f"another port, such as `HUE_BIND={other} make run`."
    )


def answers(where: Address) -> bool:
    try:
        socket.create_connection(where, timeout=0.2).close()
    except OSError:
        return False
    return True


def by_name(where: Address) -> str | None:
    """`localhost:8000` where that leads here and nowhere else: passkeys want a name, no number."""
    try:
        found = socket.getaddrinfo("localhost", where.port, type=socket.SOCK_STREAM)
    except OSError:
        return None
    hosts = {str(told[4][0]) for told in found}
    others = (Address(host, where.port) for host in hosts - {where.host})
    if where.host not in hosts or any(map(answers, others)):
        return None
    return f"localhost:{where.port}"


def command(where: Address, *, servers: int) -> list[str]:
    """The call of granian; its default backpressure would hang the 1,025th open stream."""
    options = {
        "--interface": "asgi",
        "--host": where.host,
        "--port": str(where.port),
        "--workers": str(servers),
        "--backlog": "16384",
        "--backpressure": "16384",
        "--respawn-interval": "0.2",
        # Open streams never end by themselves.
        "--workers-kill-timeout": "3",
        "--log-level": "warning",
    }
    pairs = [part for pair in options.items() for part in pair]
    switches = ["--respawn-failed-workers", "--no-ws"]
    return [sys.executable, "-m", "granian", *pairs, *switches, "hue.config.asgi:application"]


def run() -> None:
    """Becomes the server; whoever started this process holds it."""
    from hue.config import settings

    where = address(settings.HUE_BIND)
    require_free(where)
    call = command(where, servers=settings.HUE_SERVERS)
    os.execv(call[0], call)  # noqa: S606 - there is no shell, on purpose

"""Servers elsewhere, as bare as they can be: `python -m hue.config.bench.inboxes PORT CERT KEY`.

Each takes any POST over TLS and answers 202. On the port above it says, to whoever connects, how
many different messages came and when the last of them did.
"""

import asyncio
import contextlib
import resource
import socket
import ssl
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from hue.config.serve import Address

HOSTS = "bench.test"  # every name below it leads to this machine: hue/lib/fetch.py
TAKEN = b"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n"


class Came(NamedTuple):
    messages: int
    last: float  # by the clock that all processes share, `time.monotonic`


class Inboxes:
    """What came, by the host and the digest that it was sent with."""

    def __init__(self) -> None:
        self._seen: set[tuple[bytes, bytes]] = set()
        self._last = 0.0

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError, ssl.SSLError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).lower()
                await reader.readexactly(int(_header(head, b"content-length")))
                came = (_header(head, b"host"), _header(head, b"digest"))
                if came not in self._seen:
                    self._seen.add(came)
                    self._last = time.monotonic()
                writer.write(TAKEN)
        writer.close()

    async def tell(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(f"{len(self._seen)} {self._last}\n".encode())
        await writer.drain()
        writer.close()


def _header(head: bytes, name: bytes) -> bytes:
    return head.partition(b"\r\n" + name + b":")[2].partition(b"\r\n")[0].strip()


async def main(port: str, certificate: str, key: str) -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    here, own = "127.0.0.1", Inboxes()
    await asyncio.start_server(own.take, here, int(port), ssl=context, backlog=4096)
    told = await asyncio.start_server(own.tell, here, int(port) + 1)
    await told.serve_forever()


def came(ports: list[int]) -> Came:
    """Of all of them together."""
    all_of_them = [_asked(port + 1) for port in ports]
    return Came(sum(one.messages for one in all_of_them), max(one.last for one in all_of_them))


def _asked(port: int) -> Came:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        count, last = line.makefile().readline().split()
    return Came(int(count), float(last))


@contextlib.contextmanager
def opened(folder: Path, *, processes: int) -> Iterator[list[int]]:
    """The ports on which inboxes take what comes; `folder` gets the authority to trust."""
    from hue.config.bench import authority
    from hue.config.bench.place import free_pairs, running, wait_for

    certificate, key = authority.certify(folder, f"*.{HOSTS}")
    ports = free_pairs(processes)
    with contextlib.ExitStack() as stack:
        for port in ports:
            call = (sys.executable, "-m", "hue.config.bench.inboxes", str(port), certificate, key)
            stack.enter_context(running(*call))
        for port in ports:
            wait_for(Address("127.0.0.1", port + 1))
        yield ports


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))

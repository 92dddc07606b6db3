"""The floor beside our figures: the same bytes with nothing of ours around them.

`python -m hue.config.bench.bare PORT` is a server that keeps every GET open as a stream, and
writes what a POST brings to all of them.
"""

import asyncio
import contextlib
import resource
import socket
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from hue.config.serve import Address

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"


def write(folder: Path, contents: Iterable[bytes]) -> None:
    """As public files are written: under another name, then renamed; no fsync, as there."""
    for number, content in enumerate(contents):
        new = folder / f".{number}.new"
        new.write_bytes(content)
        new.replace(folder / str(number))


def exchange(where: Address) -> None:
    """One request and its answer over the loopback."""
    with socket.create_connection(where, timeout=10) as line:
        line.sendall(b"GET / HTTP/1.1\r\n\r\n")
        line.recv(len(HEAD))


def hand_over(where: Address, message: bytes) -> None:
    with socket.create_connection(where, timeout=10) as line:
        line.sendall(b"POST / HTTP/1.1\r\n\r\n" + message)


@contextlib.contextmanager
def server() -> Iterator[Address]:
    from hue.config.bench.place import free_port, running, wait_for

    where = Address("127.0.0.1", free_port())
    with running(sys.executable, "-m", "hue.config.bench.bare", str(where.port)):
        wait_for(where)
        yield where


class Streams:
    def __init__(self) -> None:
        self._open: set[asyncio.StreamWriter] = set()

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            asked = await reader.readuntil(b"\r\n\r\n")
            if asked.startswith(b"GET"):
                writer.write(HEAD)
                self._open.add(writer)
            message = await reader.read()
            for stream in self._open if message else ():
                stream.write(message)
        self._open.discard(writer)
        writer.close()


async def main(port: str) -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    server = await asyncio.start_server(Streams().answer, "127.0.0.1", int(port), backlog=16384)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))

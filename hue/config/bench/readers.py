"""Many open streams, held by `python -m hue.config.bench.readers HOST PORT PATH COUNT`.

Says "open" when all of them are, then for each message the time when the last one had it.
"""

import resource
import select
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice

from hue.config.serve import Address

FAR = 24  # IP_BIND_ADDRESS_NO_PORT: the port is chosen at connect, so that none runs out
PATIENCE = 60  # seconds for a word of theirs
# Real readers have machines of their own. Ours look every so often, instead of being woken for
# each stream by itself: what they take of the two cores is not the server's doing.
PAUSE = 0.002
LARGEST = 65536
A_GROUP = 10_000  # streams in one process: each is an open file, and many machines allow 20,000


def groups(count: int) -> list[int]:
    """So many streams, in as few processes as can hold them."""
    full, rest = divmod(count, A_GROUP)
    return [A_GROUP] * full + ([rest] if rest else [])


@contextmanager
def streams(where: Address, path: str, count: int) -> Iterator[Callable[[], float]]:
    """`count` streams, open; gives what waits for the next message and says when all had it."""
    with _group(where, path, count) as group:
        assert _said(group) == "open"
        yield lambda: float(_said(group))


@contextmanager
def _group(where: Address, path: str, count: int) -> "Iterator[subprocess.Popen[str]]":
    call = [where.host, str(where.port), path, str(count)]
    group = subprocess.Popen(
        [sys.executable, "-m", "hue.config.bench.readers", *call], stdout=subprocess.PIPE, text=True
    )
    try:
        yield group
    finally:
        group.kill()
        group.communicate()


def _said(group: "subprocess.Popen[str]") -> str:
    assert group.stdout
    if not select.select([group.stdout], [], [], PATIENCE)[0]:
        raise TimeoutError(f"A message had not reached every stream after {PATIENCE} seconds.")
    if line := next(islice(group.stdout, 1), ""):
        return line.strip()
    raise RuntimeError("the readers ended early; their words are above")


def main(host: str, port: str, path: str, count: str) -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    readers = [_opened(host, int(port), path, number) for number in range(int(count))]
    watch = select.epoll()
    for reader in readers:
        reader.setblocking(False)
        watch.register(reader, select.EPOLLIN)
    by_file = {reader.fileno(): reader for reader in readers}
    _wait_for_all(watch, by_file, b"HTTP/1.1 200")
    print("open", flush=True)
    while True:
        _wait_for_all(watch, by_file, b"data:")
        print(time.monotonic(), flush=True)


def _opened(host: str, port: int, path: str, number: int) -> socket.socket:
    reader = socket.socket()
    reader.setsockopt(socket.IPPROTO_IP, FAR, 1)
    reader.bind((f"127.0.0.{2 + number % 200}", 0))
    reader.connect((host, port))
    ask = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: text/event-stream\r\n\r\n"
    reader.sendall(ask.encode())
    return reader


def _wait_for_all(watch: select.epoll, readers: dict[int, socket.socket], what: bytes) -> None:
    waiting, got = set(readers), bytearray(LARGEST)
    while waiting:
        for file, _ in watch.poll(60, maxevents=4096):
            size = readers[file].recv_into(got)
            if not size:
                sys.exit("a stream was closed")
            if got.find(what, 0, size) >= 0:
                waiting.discard(file)
        time.sleep(PAUSE)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""From the commit of one line to the last of many open streams that has it."""

import os
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from hue.config.bench import bare, readers
from hue.config.bench.figures import Figure, typical
from hue.config.bench.place import free_port, running, say, server, wait_for
from hue.config.serve import Address
from hue.streams import sse
from hue.streams.listen import Heard

ROUNDS = 9
PATH, EVENTS = "/stream/force", "text/event-stream"
LINE = {"id": "0123456789", "html": "<article>" + "Puppy found, owner come. " * 40 + "</article>"}
NCHAN = Path("/usr/lib/nginx/modules/ngx_nchan_module.so")

CONFIGURATION = """
load_module {module};
worker_processes 2;

error_log {folder}/error.log crit;
pid {folder}/nginx.pid;
daemon off;
events {{ worker_connections 19000; }}
http {{
  access_log off;
  server {{
    listen 127.0.0.1:{port} backlog=16384 reuseport;
    location ~ ^/tell/(?<topic>.+)$ {{
      nchan_publisher;
      nchan_channel_id $topic;
      nchan_store_messages off;
    }}
    location ~ ^/stream/(?<topic>.+)$ {{
      nchan_subscriber eventsource;
      nchan_channel_id $topic;
      nchan_subscriber_first_message newest;
      nchan_eventsource_ping_interval 15;
    }}
  }}
}}
"""


def figures() -> Iterator[Figure]:
    for count, limit in ((1000, 100), (5000, 500)):
        floor = _floor_ms(count, servers=1)
        with server() as where:
            yield _beside(f"live.onebox_{count}_last_ms", _told_ms(where, count), floor, limit)
    name, limit = "live.nchan_20000_last_ms", 500
    if why := _nchan_missing():
        yield Figure(name, None, "ms", peer=why, target=f"<= {limit}")
        return
    floor = _floor_ms(20_000, servers=2)  # as many as nginx has workers
    with _nchan() as where:
        yield _beside(name, _told_ms(where, 20_000), floor, limit)


def _beside(name: str, ours: float, floor: float, limit: int) -> Figure:
    words = f"the same bytes from a bare asyncio server {floor:.0f}; medians of {ROUNDS}"
    return Figure(name, ours, "ms", words, ours / floor, f"<= {limit}")


def _told_ms(where: Address, count: int) -> float:
    """As the product tells it: from the commit on."""
    return _last_reader_ms([where], count, _tell)


def _tell() -> None:
    from hue.lib import clock
    from hue.streams.tell import tell

    tell("force", "added", LINE, at=clock.now())


def _floor_ms(count: int, *, servers: int) -> float:
    told = sse.message(Heard(1, "force", "added", LINE))
    with ExitStack() as stack:
        all_of_them = [stack.enter_context(bare.server()) for _ in range(servers)]

        def hand_over() -> None:
            for where in all_of_them:
                bare.hand_over(where, told)

        return _last_reader_ms(all_of_them, count, hand_over)


def _last_reader_ms(servers: list[Address], count: int, tell: Callable[[], None]) -> float:
    """The median of rounds, in milliseconds."""
    say(f"opening {count:,} streams ...")
    with ExitStack() as stack:
        share = count // len(servers)
        groups = [(to, part) for to in servers for part in readers.groups(share)]
        waits = [stack.enter_context(readers.streams(to, PATH, part)) for to, part in groups]
        taken = [_round(tell, waits) for _ in range(ROUNDS)]
    say(f"{count:,} streams: {', '.join(f'{ms:.0f}' for ms in taken)} ms")
    return typical(taken)


def _round(tell: Callable[[], None], waits: list[Callable[[], float]]) -> float:
    time.sleep(0.3)
    tell()
    told = time.monotonic()
    return (max(wait() for wait in waits) - told) * 1000


@contextmanager
def _nchan() -> Iterator[Address]:
    """nginx with nchan, and the relay that tells it."""
    where = Address("127.0.0.1", free_port())
    with tempfile.TemporaryDirectory(prefix="hue-nchan-") as folder:
        Path(folder).chmod(0o755)
        file = Path(folder, "nginx.conf")
        file.write_text(CONFIGURATION.format(folder=folder, module=NCHAN, port=where.port))
        os.environ["HUE_NCHAN"] = f"http://{where}/tell/"
        relay = (sys.executable, "-m", "hue", "relay")
        with running("nginx", "-c", str(file), "-p", folder), running(*relay):
            wait_for(where)
            _wait_for_the_relay(where)
            yield where


def _wait_for_the_relay(where: Address) -> None:
    """It passes on only what is told after it has begun to listen."""
    heard, until = b"", time.monotonic() + 60
    with socket.create_connection(where, timeout=0.5) as line:
        line.sendall(f"GET {PATH} HTTP/1.1\r\nHost: {where}\r\nAccept: {EVENTS}\r\n\r\n".encode())
        while b"data:" not in heard:
            if time.monotonic() > until:
                raise TimeoutError("The relay has passed nothing on for 60 seconds.")
            _tell()
            with suppress(TimeoutError):
                heard += line.recv(65536)


def _nchan_missing() -> str:
    """Why it cannot be measured here; `make bench` installs it where that is possible."""
    if NCHAN.exists() and shutil.which("nginx"):
        return ""
    return "needs Debian's nginx and libnginx-mod-nchan"

"""From the commit of one line to the last of many open streams that has it."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path

from hue.config.bench.figures import Figure, typical
from hue.config.bench.place import free_port, running, say, server

ROUNDS = 9
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
        with server() as where:
            value = _last_reader_ms(where.host, where.port, count)
        yield Figure(f"live.onebox_{count}_last_ms", value, "ms", target=f"<= {limit}")
    name, target = "live.nchan_20000_last_ms", "<= 500"
    if why := _nchan_missing():
        yield Figure(name, None, "ms", peer=why, target=target)
        return
    with _nchan() as port:
        yield Figure(name, _last_reader_ms("127.0.0.1", port, 20_000), "ms", target=target)


def _last_reader_ms(host: str, port: int, count: int) -> float:
    """The median of rounds, in milliseconds."""
    say(f"opening {count:,} streams ...")
    shares = [count // 2, count - count // 2]
    with ExitStack() as stack:
        groups = [stack.enter_context(_readers(host, port, share)) for share in shares]
        for group in groups:
            assert _answer(group) == "open"
        taken = [_round(groups) for _ in range(ROUNDS)]
    say(f"{count:,} streams: {', '.join(f'{ms:.0f}' for ms in taken)} ms")
    return typical(taken)


def _round(groups: "list[subprocess.Popen[str]]") -> float:
    from hue.lib import clock
    from hue.streams.tell import tell

    time.sleep(0.3)
    tell("force", "added", LINE, at=clock.now())
    committed = time.monotonic()
    return (max(float(_answer(group)) for group in groups) - committed) * 1000


def _answer(group: "subprocess.Popen[str]") -> str:
    assert group.stdout
    if line := next(islice(group.stdout, 1), ""):
        return line.strip()
    raise RuntimeError("the readers ended early; their words are above")


@contextmanager
def _readers(host: str, port: int, count: int) -> "Iterator[subprocess.Popen[str]]":
    call = [host, str(port), "/stream/force", str(count)]
    group = subprocess.Popen(
        [sys.executable, "-m", "hue.config.bench.readers", *call], stdout=subprocess.PIPE, text=True
    )
    try:
        yield group
    finally:
        group.kill()
        group.communicate()


@contextmanager
def _nchan() -> Iterator[int]:
    """nginx with nchan, and the relay that tells it."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="hue-nchan-") as folder:
        Path(folder).chmod(0o755)
        file = Path(folder, "nginx.conf")
        file.write_text(CONFIGURATION.format(folder=folder, module=NCHAN, port=port))
        os.environ["HUE_NCHAN"] = f"http://127.0.0.1:{port}/tell/"
        relay = (sys.executable, "-m", "hue", "relay")
        with running("nginx", "-c", str(file), "-p", folder), running(*relay):
            time.sleep(3)
            yield port


def _nchan_missing() -> str:
    """Why it cannot be measured here; `make bench` installs it where that is possible."""
    if NCHAN.exists() and shutil.which("nginx"):
        return ""
    return "needs Debian's nginx and libnginx-mod-nchan"

"""A live page of thirty posts: through nginx, through the one-box server, rendered by Django."""

import os
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from hue.config import serve
from hue.config.bench import seed
from hue.config.bench.figures import Figure, typical
from hue.config.bench.place import free_port, running, say, server, wait_for
from hue.lib import clock
from hue.pages import stale
from hue.pages.build import write_stale

ROUNDS = 5
SECONDS = 1.5
PAIRS = 15  # of nginx beside itself: a difference of a few hundredths, on a machine that wavers
AT_ONCE = 16  # requests in one packet: what is measured is the server, not this client
PAGE, PLAIN = "/events/day24/", "/plain.bin"
NGINX = """
worker_processes 1;
pcre_jit on;
daemon off;
pid {folder}/nginx.pid;
error_log stderr error;
events {{ worker_connections 512; }}
http {{
  include {types};
  access_log off;
  keepalive_requests 10000000;
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{
    listen 127.0.0.1:{port};
    root {root};
    gzip_static on;
    location = {plain} {{ gzip_static off; }}
    location / {{ rewrite ^(/.+)/$ $1.html break; index index.html; }}
  }}
}}
"""


def figures() -> Iterator[Figure]:
    seed.posts(seed.force(), 300, in_event=300)
    stale.mark(("publishing.event", "day24"), at=clock.now())
    write_stale(at=clock.now())
    page = settings.PUBLIC_ROOT / "events/day24.html"
    Path(settings.PUBLIC_ROOT, PLAIN[1:]).write_bytes(
        os.urandom(page.with_name("day24.html.gz").stat().st_size)
    )
    django = _rates_of_django()
    with server() as where:
        onebox = _rates(where, PAGE)
    yield _beside("pages.onebox_vs_django", onebox, django, ">= 60")
    if shutil.which("nginx") is None:
        why = "nginx is not installed here"
        yield Figure("pages.nginx_vs_plain", None, "x", why, target=">= 0.95")
        yield Figure("pages.nginx_vs_django", None, "x", why)
        return
    with _nginx() as where:
        # By turns: whatever else the machine does meets both.
        pairs = [(_rate(where, PAGE, 0.7), _rate(where, PLAIN, 0.7)) for _ in range(PAIRS)]
    through, plain = map(list, zip(*pairs, strict=True))
    yield _by_turns("pages.nginx_vs_plain", through, plain, ">= 0.95")
    yield _beside("pages.nginx_vs_django", through, django, "")


def _beside(name: str, ours: list[float], peers: list[float], target: str) -> Figure:
    ratio = typical(ours) / typical(peers)
    words = f"{typical(ours):,.0f}/s beside {typical(peers):,.0f}/s; medians of {ROUNDS}"
    return Figure(name, ratio, "x", words, ratio, target)


def _by_turns(name: str, ours: list[float], peers: list[float], target: str) -> Figure:
    """Each beside what was measured with it, in the same second."""
    ratio = typical([mine / other for mine, other in zip(ours, peers, strict=True)])
    words = f"{typical(ours):,.0f}/s beside {typical(peers):,.0f}/s; median of {PAIRS} pairs"
    return Figure(name, ratio, "x", words, ratio, target)


def _rates(where: serve.Address, path: str) -> list[float]:
    return [_rate(where, path) for _ in range(ROUNDS)]


def _rates_of_django() -> list[float]:
    where = serve.Address("127.0.0.1", free_port())
    call = serve.command(where, servers=1)
    call[-1] = "hue.config.bench.rendered:application"
    with running(*call):
        wait_for(where)
        rates = _rates(where, PAGE)
    say(f"Django renders it {typical(rates):,.1f} times a second")
    return rates


def _rate(where: serve.Address, path: str, seconds: float = SECONDS) -> float:
    """Answers a second on one connection that never closes."""
    request = (f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n").encode()
    with socket.create_connection(where, timeout=30) as line:
        size = _size_of_answer(line, request)
        count, began = 0, time.monotonic()
        while (took := time.monotonic() - began) < seconds:
            line.sendall(request * AT_ONCE)
            _take(line, size * AT_ONCE)
            count += AT_ONCE
    return count / took


def _size_of_answer(line: socket.socket, request: bytes) -> int:
    line.sendall(request)
    got = b""
    while b"\r\n\r\n" not in got:
        got += line.recv(65536)
    head, _, body = got.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        sys.exit(f"The bench asked for a page and got {head[:60]!r}.")
    fields = dict(field.lower().split(b": ", 1) for field in head.split(b"\r\n")[1:])
    length = int(fields[b"content-length"])
    _take(line, length - len(body))
    return len(head) + 4 + length


def _take(line: socket.socket, size: int) -> None:
    while size > 0:
        size -= len(line.recv(min(size, 2**20)))


@contextmanager
def _nginx() -> Iterator[serve.Address]:
    where = serve.Address("127.0.0.1", free_port())
    types = Path("/etc/nginx/mime.types")
    with tempfile.TemporaryDirectory(prefix="hue-nginx-") as folder:
        Path(folder).chmod(0o755)
        conf = Path(folder, "nginx.conf")
        conf.write_text(
            NGINX.format(
                folder=folder, types=types, port=where.port, root=settings.PUBLIC_ROOT, plain=PLAIN
            )
        )
        with running("nginx", "-c", str(conf)):
            wait_for(where)
            yield where

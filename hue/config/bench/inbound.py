"""Signed activities through the inbox as it runs in production, until they are committed.

`python -m hue.config.bench.inbound PORT FILE` sends what stands in the file, one request a line.
"""

import asyncio
import base64
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hue.config import serve
from hue.config.bench.figures import Figure
from hue.config.bench.place import free_port, running, say, server, wait_for

MANY = int(os.environ.get("BENCH_ACTIVITIES", "6000"))
TICK = 0.01  # seconds: the system counts the time of a process in such steps
SENDERS, LINES = 40, 50  # accounts elsewhere, and connections that are open at once
ELSEWHERE = "https://social.example"


def figures() -> Iterator[Figure]:
    os.environ["HUE_INBOX_AN_ADDRESS"] = "1000000000"  # all of them come from this machine
    verified = _verified_alone()
    with tempfile.TemporaryDirectory(prefix="hue-inbound-") as folder:
        file = Path(folder, "requests")
        file.write_text("\n".join(_requests()))
        bare = _bare(file)
        with server() as where:
            pids = [*_servers(where), _postmaster()]
            per_cpu, per_second = _sent(where, file, pids)
    words = (
        f"accepted and committed for each CPU-second of server and database together, keys known; "
        f"{per_second:.0f} a second beside the sender. Verifying alone {verified:.0f}, "
        f"an ASGI server that keeps nothing {bare:.0f}"
    )
    yield Figure("fanout.inbound_per_s", per_cpu, "/s", words, per_cpu / bare, ">= 300")


def _requests() -> Iterator[str]:
    """As a server elsewhere would write them; its accounts are known here."""
    from hue.fediverse import keys, names, signatures
    from hue.fediverse.models import Server, Stranger
    from hue.lib import clock

    say(f"{MANY:,} activities are signed")
    at = clock.real_now()
    elsewhere = Server.objects.create(host="social.example")
    sealed, public = keys.new_pair()
    for number in range(SENDERS):
        uri = f"{ELSEWHERE}/users/{number}"
        told = {"uri": uri, "inbox": f"{uri}/inbox", "key_id": f"{uri}#key", "fetched_at": at}
        Stranger.objects.create(server=elsewhere, public_key=public, **told)
    for number in range(MANY):
        uri = f"{ELSEWHERE}/users/{number % SENDERS}"
        told = {"id": f"{ELSEWHERE}/{number}", "type": "Like", "actor": uri}
        body = json.dumps(told | {"object": names.note("0123456789")}).encode()
        signer = signatures.Signer(f"{uri}#key", keys.opened(sealed))
        digest = signatures.digest_of(body)
        url = names.shared_inbox()
        headers = signatures.sign(signer, method="POST", url=url, at=at, digest=digest)
        headers |= {"Content-Type": "application/activity+json", "Content-Length": str(len(body))}
        lines = [f"POST {names.SHARED_INBOX} HTTP/1.1", *(f"{k}: {v}" for k, v in headers.items())]
        yield base64.b64encode("\r\n".join([*lines, "", ""]).encode() + body).decode()


def _verified_alone() -> float:
    """What nobody gets past: one look at each signature, for each CPU-second."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding, rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    signature = key.sign(b"x" * 300, padding.PKCS1v15(), hashes.SHA256())
    public, count, began = key.public_key(), 5000, time.process_time()
    for _ in range(count):
        public.verify(signature, b"x" * 300, padding.PKCS1v15(), hashes.SHA256())
    return count / (time.process_time() - began)


def _bare(file: Path) -> float:
    where = serve.Address("127.0.0.1", free_port())
    call = [*serve.command(where, servers=1)[:-1], "hue.config.bench.inbound:keeps_nothing"]
    with running(*call):
        wait_for(where)
        return _sent(where, file, _servers(where))[0]


async def keeps_nothing(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] != "http":
        return
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 202, "headers": []})
    await send({"type": "http.response.body", "body": b"Taken."})


def _sent(where: serve.Address, file: Path, pids: list[int]) -> tuple[float, float]:
    """Accepted for each CPU-second of these processes, and for each second of the clock."""
    call = [sys.executable, "-m", "hue.config.bench.inbound", str(where.port), str(file)]
    before = sum(map(_cpu_seconds, pids))
    done = subprocess.run(call, stdout=subprocess.PIPE, text=True, check=True)
    used = sum(map(_cpu_seconds, pids)) - before
    seconds = float(done.stdout)
    return MANY / max(used, TICK), MANY / seconds


def _servers(where: serve.Address) -> list[int]:
    """The processes that were started to listen there."""
    asked = f"--port\0{where.port}\0".encode()
    found = (int(folder.name) for folder in Path("/proc").glob("[0-9]*"))
    return [pid for pid in found if asked in _read(f"/proc/{pid}/cmdline")]


def _postmaster() -> int:
    from django.conf import settings

    file = Path(settings.HUE_DATA, "pg", "postmaster.pid")
    return int(file.read_text().split()[0])


def _cpu_seconds(pid: int) -> float:
    """Its own, and that of its children, living or not."""
    ticks, waiting = 0, [pid]
    while waiting:
        one = waiting.pop()
        fields = _read(f"/proc/{one}/stat").rpartition(b")")[2].split()
        if fields:
            ticks += sum(map(int, fields[11:15] if one == pid else fields[11:13]))
            below = _read(f"/proc/{one}/task/{one}/children").split()
            waiting += [] if b"granian" in _read(f"/proc/{one}/cmdline") else map(int, below)
    return ticks / os.sysconf("SC_CLK_TCK")


def _read(file: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except OSError:
        return b""


async def _send(port: int, requests: list[bytes]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while requests:
        writer.write(requests.pop())
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 202"):
            sys.exit(f"It was refused: {head!r} {await reader.read(200)!r}")
        await _skip_body(head.lower(), reader)
    writer.close()


async def _skip_body(head: bytes, reader: asyncio.StreamReader) -> None:
    if b"transfer-encoding: chunked" in head:
        await reader.readuntil(b"0\r\n\r\n")
    else:
        length = head.partition(b"content-length: ")[2].partition(b"\r\n")[0]
        await reader.readexactly(int(length or b"0"))


async def main(port: str, file: str) -> None:
    requests = [base64.b64decode(line) for line in Path(file).read_text().split("\n")]
    began = time.monotonic()
    await asyncio.gather(*(_send(int(port), requests) for _ in range(LINES)))
    print(time.monotonic() - began)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))

"""From the publication of a post to the last of many inboxes elsewhere that has it.

The worker as it runs in production sends; each inbox has a host name of its own, so that each
message takes a new TLS connection. The receivers share the machine's cores with the sender.
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from statistics import median
from typing import NamedTuple

import psutil
from django.conf import settings
from django.db import connection

from hue.config.bench import authority, inbound, inboxes, letters, seed
from hue.config.bench.figures import Figure, percentile, typical
from hue.config.bench.place import running, say
from hue.fediverse import actions as fediverse
from hue.fediverse.models import Activity, Actor, Dispatch, Follower, Server, Stranger
from hue.lib import clock
from hue.people.models import Officer
from hue.publishing import actions
from hue.publishing.actions.compose import Draft

INBOXES = int(os.environ.get("BENCH_INBOXES", "2000"))
FOLLOWERS = int(os.environ.get("BENCH_FOLLOWERS", "25000"))
SERVERS = int(os.environ.get("BENCH_SERVERS", "3000"))
ROUNDS = 3
PATIENCE = 180.0
RECEIVERS = 2
TAPS = 20


class Sent(NamedTuple):
    seconds: float  # from the commit to the last inbox
    cpu: float  # seconds of the worker


def figures() -> Iterator[Figure]:
    seeded = seed.force()
    folder = Path(settings.HUE_DATA)
    with inboxes.opened(folder, processes=RECEIVERS) as ports:
        os.environ |= {
            "HUE_FETCH_PRIVATE": "yes",
            "SSL_CERT_FILE": str(folder / authority.AUTHORITY),
        }
        before = [_publish(seeded) for _ in range(TAPS)]
        actor = _account(seeded)
        _followers(actor, INBOXES, INBOXES, ports)
        with _worker() as worker:
            _publish(seeded)  # pages and a card are written, and whatever is loaded for that
            time.sleep(4)
            idle = _most_memory(worker)
            few = [_sent(seeded, ports, worker, INBOXES) for _ in range(ROUNDS)]
            _followers(actor, FOLLOWERS, SERVERS, ports)
            many = [_sent(seeded, ports, worker, SERVERS) for _ in range(ROUNDS)]
            memory = _most_memory(worker)
        taps = [_publish(seeded) for _ in range(TAPS)]
        peer = _bare(ports)
    alone = f"aiohttp alone, the same bytes, unsigned: {peer.rate:.0f} per CPU-second"
    rate = INBOXES / median([one.cpu for one in few])
    yield Figure("fanout.per_cpu_s", rate, "/s", alone, rate / peer.rate, ">= 400")
    for name, sent, servers, limit in (
        (f"fanout.inboxes_{INBOXES}_s", few, INBOXES, 5),
        (f"fanout.followers_{FOLLOWERS}_s", many, SERVERS, 10),
    ):
        bare = servers / peer.a_second
        taken = median([one.seconds for one in sent])
        words = f"{servers} hosts; aiohttp alone {bare:.1f} s; median of {ROUNDS}"
        yield Figure(name, taken, "s", words, taken / bare, f"<= {limit}")
    words = f"the worker at its largest; {idle:.0f} once it had published its first post"
    yield Figure("fanout.rss_mb", memory, "MB", words, target="<= 200")
    words = f"p95 of {TAPS} with {FOLLOWERS} followers; {typical(before):.0f} without an account"
    slow = percentile(taps, 0.95)
    yield Figure("fanout.publish_ms", slow, "ms", words, slow / typical(before), "<= 100")
    yield from chain(inbound.figures(), letters.figures(seeded))


def _account(seeded: seed.Seeded) -> Actor:
    opener = Officer.objects.create(username="ina", name="I. Owner", roles=["communications"])
    return fediverse.open_account(by=opener, at=clock.now(), kind="force", key="", name="police")


def _followers(actor: Actor, count: int, servers: int, ports: list[int]) -> None:
    """Spread over so many servers; whoever followed before is there no more."""
    Dispatch.objects.all().delete()
    Follower.objects.all().delete()
    Stranger.objects.all().delete()
    Server.objects.all().delete()
    at = clock.now()
    hosts = [f"h{n}.{inboxes.HOSTS}:{ports[n % len(ports)]}" for n in range(servers)]
    made = Server.objects.bulk_create([Server(host=host) for host in hosts], 2000)
    strangers = [
        Stranger(
            uri=f"https://{hosts[n % servers]}/users/{n}",
            server=made[n % servers],
            inbox=f"https://{hosts[n % servers]}/users/{n}/inbox",
            shared_inbox=f"https://{hosts[n % servers]}/inbox",
            key_id=f"https://{hosts[n % servers]}/users/{n}#key",
            public_key="",
            fetched_at=at,
        )
        for n in range(count)
    ]
    Stranger.objects.bulk_create(strangers, 2000)
    follows = (
        Follower(actor=actor, stranger=one, follow_id=one.uri, since=at) for one in strangers
    )
    Follower.objects.bulk_create(follows, 2000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE fediverse_follower, fediverse_stranger, fediverse_server")
    say(f"{count:,} followers on {servers:,} servers")


@contextmanager
def _worker() -> Iterator[psutil.Process]:
    with running(sys.executable, "-m", "hue", "work") as worker:
        time.sleep(4)
        yield psutil.Process(worker.pid)


def _publish(seeded: seed.Seeded) -> float:
    """Milliseconds."""
    draft = Draft("Puppy found on the High Street. Owner, we have her.", event=seeded.event)
    began = time.monotonic()
    actions.compose(by=seeded.officer, at=clock.now(), draft=draft)
    return 1000 * (time.monotonic() - began)


def _sent(seeded: seed.Seeded, ports: list[int], worker: psutil.Process, count: int) -> Sent:
    before, used = inboxes.came(ports).messages, _cpu(worker)
    _publish(seeded)
    told = time.monotonic()
    last = _all_of(count + before, ports)
    while Activity.objects.due().exists() or Dispatch.objects.filter(state="due").exists():
        time.sleep(0.05)
    sent = Sent(last - told, _cpu(worker) - used)
    say(f"{count:,} inboxes: {sent.seconds:.1f} s, {count / sent.cpu:.0f} per CPU-second")
    return sent


def _all_of(count: int, ports: list[int]) -> float:
    until = time.monotonic() + PATIENCE
    while (came := inboxes.came(ports)).messages < count:
        if time.monotonic() > until:
            raise TimeoutError(f"{count - came.messages} messages did not come.")
        time.sleep(0.05)
    return came.last


def _cpu(worker: psutil.Process) -> float:
    times = worker.cpu_times()
    return float(times.user + times.system)


def _most_memory(worker: psutil.Process) -> float:
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{worker.pid}/status").read_text())
    assert found
    return int(found[1]) / 1024


class Bare(NamedTuple):
    rate: float  # messages per CPU-second
    a_second: float


def _bare(ports: list[int]) -> Bare:
    """In a process of its own, with one body of the same bytes."""
    body = Path(settings.HUE_DATA, "body.json")
    body.write_text(Activity.objects.filter(kind="Create").latest("at").body)
    call = [sys.executable, "-m", "hue.config.bench.posts", str(body), str(INBOXES)]
    done = subprocess.run([*call, *map(str, ports)], stdout=subprocess.PIPE, check=True, text=True)
    return Bare(*map(float, done.stdout.split()))

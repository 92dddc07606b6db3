"""From one post to a letter for each of many readers, handed over to a mail server nearby.

The round of one worker, with its rows; the mail server is a process of its own. Beside it smtplib
alone: the same letter over one open connection, without rows and without readers.
"""

import os
import smtplib
import socket
import sys
import time
from collections.abc import Iterator
from datetime import datetime

from django.db import connection

from hue.channels import sending
from hue.channels.models import Account
from hue.config.bench import seed
from hue.config.bench.figures import Figure
from hue.config.bench.place import free_pairs, running, say
from hue.lib import clock, sealing
from hue.people.models import Neighbourhood, Officer
from hue.publishing import actions
from hue.publishing.actions.compose import Draft
from hue.subscribers import addresses
from hue.subscribers.models import Reads, Subscriber

READERS = int(os.environ.get("BENCH_READERS", "100000"))
ALONE = 5000
_LETTER = b"Subject: A puppy\r\n\r\n" + b"Puppy found on the High Street.\r\n" * 25


def figures(seeded: seed.Seeded) -> Iterator[Figure]:
    [port] = free_pairs(1)
    with running(sys.executable, "-m", "hue.config.bench.mailbox", str(port)):
        time.sleep(1)
        account = _account(seeded.officer, port)
        _readers(seeded.places[0], READERS)
        draft = Draft("Puppy found on the High Street.", neighbourhood=seeded.places[0])
        actions.compose(by=seeded.officer, at=clock.now(), draft=draft)
        began, used = time.monotonic(), time.process_time()
        sending.deliver(account, at=clock.now())
        took, cpu = time.monotonic() - began, time.process_time() - used
        people, letters = _came(port)
        alone = _alone(port)
    if (people, letters) != (READERS, READERS):
        raise RuntimeError(f"{letters} letters to {people} people, not one to each of {READERS}.")
    say(f"{READERS:,} letters in {took:.1f} s, {1e6 * cpu / READERS:.0f} µs of CPU each")
    rate = READERS / took
    words = f"{READERS:,} readers, one letter each; smtplib alone {alone:.0f}"
    yield Figure("fanout.email_per_s", rate, "/s", words, rate / alone, ">= 1000")


def _account(owner: Officer, port: int) -> Account:
    at = clock.now()
    told = '{"sender": "Bench <watch@bench.test>", "neutral": "News <news@bench.test>"}'
    return Account.objects.create(
        network="email", handle="watch@bench.test", address=f"smtp://127.0.0.1:{port}",
        purpose="Letters.", owner=owner, staffed="8 to 20", secrets=sealing.seal_text(told),
        state="open", connected_by=owner, connected_at=at, opened_at=at,
    )  # fmt: skip


def _readers(place: Neighbourhood, count: int) -> None:
    at = clock.now()
    rows = Subscriber.objects.bulk_create([_reader(n, at) for n in range(count)], 5000)
    Reads.objects.bulk_create([Reads(subscriber=row, neighbourhood=place) for row in rows], 5000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE subscribers_subscriber, subscribers_reads")
    say(f"{count:,} readers")


def _reader(number: int, at: datetime) -> Subscriber:
    address = f"reader{number}@home.test"
    return Subscriber(
        via="email", sealed=sealing.seal_text(address), known=addresses.known_by("email", address),
        state="reading", asked_at=at, confirmed_at=at, topics=["team"],
    )  # fmt: skip


def _came(port: int) -> tuple[int, int]:
    with socket.create_connection(("127.0.0.1", port + 1)) as line:
        people, letters = line.makefile().readline().split()
    return int(people), int(letters)


def _alone(port: int) -> float:
    """Letters a second."""
    began = time.monotonic()
    with smtplib.SMTP("127.0.0.1", port) as line:
        for number in range(ALONE):
            line.sendmail("watch@bench.test", [f"alone{number}@home.test"], _LETTER)
    return ALONE / (time.monotonic() - began)

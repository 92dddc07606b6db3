"""The sealer as it really runs: in a worker, killed and started again, and how fast it is."""

import os
import signal
import statistics
import time
from typing import Any

import pytest
from django.db import connection

from hue.audit.models import Entry, Seal
from hue.audit.seal import seal_committed
from hue.audit.verify import verify
from tests.cast import NOON
from tests.processes import running, start, wait_for

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
FULL = os.environ.get("HUE_SOAK") == "yes"


def _fill(count: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_entry (kind, at, by_id, by_name, by_role, subject, data, personal,"
            " key_id) SELECT 'test.noted', %s, '7', 'PC Amina Khan', 'officer', 'note:' || n,"
            " jsonb_build_object('what', 'thing ' || n, 'whom', 'nobody'), '', ''"
            " FROM generate_series(1, %s) n",
            [NOON, count],
        )


def test_a_worker_seals_within_a_second(note: Any) -> None:
    with running("hue", "work"):
        note("first")
        wait_for(lambda: Seal.objects.count() == 1)
        took = []
        for number in range(5):
            entry, began = note(f"then {number}"), time.monotonic()
            wait_for(Seal.objects.filter(entry=entry).exists, every=0.01)
            took.append(time.monotonic() - began)
    assert statistics.median(took) < 1.0, took


def test_a_worker_killed_while_it_seals_leaves_one_whole_chain() -> None:
    _fill(6000)
    seals = Seal.objects.count
    for _ in range(4):
        worker = start("hue", "work")
        before = seals()
        try:
            wait_for(lambda before=before: seals() > before or not _waiting())
        finally:
            worker.send_signal(signal.SIGKILL)
            worker.communicate()
        verify(at=NOON, head=None)
    seal_committed(at=NOON)
    assert verify(at=NOON, head=None).verdict.sealed == 6000


def _waiting() -> bool:
    return Entry.objects.filter(seal=None).exists()


def test_a_large_record_is_sealed_and_verified_whole() -> None:
    count = 100_000 if FULL else 10_000
    _fill(count)
    assert seal_committed(at=NOON) == count
    assert verify(at=NOON, head=None).verdict.sealed == count

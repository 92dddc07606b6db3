"""kill -9 of the worker in the middle of a list: nobody gets a letter twice, by the mail server's own
count, and of whoever may have got none a person is told."""

import os
import random
import time
from collections import Counter
from datetime import timedelta

import pytest

from hue.channels import sending
from hue.channels.models import Account, Copy, Delivery
from hue.lib import clock
from hue.people.models import Officer
from hue.publishing import actions as publishing
from hue.publishing.actions.compose import Draft
from tests.cast import Cast
from tests.channels.opened import opened
from tests.faults.test_kill_fanout import styles_collected
from tests.processes import start, wait_for
from tests.subscribers.conftest import SENDERS, reads
from tests.subscribers.postbox import Postbox, postbox

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ROUNDS = 50 if os.environ.get("HUE_SOAK") == "yes" else 2
READERS = 120
IN_HAND = 20  # at most so many are in doubt


def test_nobody_gets_a_letter_twice_whenever_the_worker_is_killed(
    cast: Cast, owner: Officer
) -> None:
    styles_collected()
    with postbox() as box:
        account = opened(cast, owner, "email", box.address, SENDERS)
        for number in range(READERS):
            reads(cast, f"r{number}@home.example")
        for number in range(ROUNDS):
            box.got.clear()
            box.on_letter = lambda _: time.sleep(0.02)  # else all are gone before anybody looks
            draft = Draft(f"Soak line {number}.", neighbourhood=cast.kings_heath)
            publishing.compose(by=cast.officer, at=clock.now(), draft=draft)
            killed_on_the_way(box)
            finished(account)
            told(box, Delivery.objects.order_by("-pk")[0])


def killed_on_the_way(box: Postbox) -> None:
    some = random.randint(5, READERS // 2)
    worker = start("hue", "work")
    try:
        wait_for(lambda: len(box.got) >= some, seconds=180, every=0.002)
    finally:
        worker.kill()
        print(worker.communicate()[0].decode())  # shown when the test fails
    assert len(box.got) < READERS


def finished(account: Account) -> None:
    """Another worker, once the claim of the dead one is over."""
    later = clock.now() + timedelta(minutes=4)
    sending.deliver(account, at=later)


def told(box: Postbox, row: Delivery) -> None:
    times = Counter(to for to, _ in box.got)
    assert set(times.values()) == {1}
    states = Counter(Copy.objects.filter(delivery=row).values_list("state", flat=True))
    assert states["sent"] + states["unsure"] == READERS
    assert states["unsure"] <= IN_HAND
    assert row.state == ("unsure" if states["unsure"] else "sent")
    missed = READERS - len(times)
    print(f"killed after some: {states['unsure']} in doubt, {missed} of them got none")
    assert missed <= states["unsure"]

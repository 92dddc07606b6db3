"""kill -9 of the worker in the middle of a fan-out: each inbox has each message, by its own count."""

import os
import random
from collections import Counter

import pytest
from django.conf import LazySettings

from hue.fediverse.models import Actor, Dispatch
from tests.cast import Cast
from tests.fediverse.conftest import opened
from tests.fediverse.elsewhere import Elsewhere, elsewhere, follow
from tests.processes import start, wait_for
from tests.publishing.public import say

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ROUNDS = 50 if os.environ.get("HUE_SOAK") == "yes" else 4
INBOXES = 120


def test_every_inbox_gets_every_message_whenever_the_worker_is_killed(
    cast: Cast, settings: LazySettings
) -> None:
    actor = opened(cast, "force", "", "police")
    styles_collected()
    with elsewhere() as there:
        there.seconds = 0.02
        followed(actor, there)
        for number in range(ROUNDS):
            say(cast, f"Soak line {number}.")
            killed_on_the_way(there, number * INBOXES)
        worker = start("hue", "work", HUE_FETCH_PRIVATE="yes")
        try:
            wait_for(lambda: len(set(there.came)) == INBOXES * ROUNDS, seconds=300)
            wait_for(lambda: not Dispatch.objects.filter(state="due").exists(), seconds=60)
        finally:
            worker.kill()
            worker.communicate()
        times = Counter(there.came)
    assert there.refused == []
    # As every server does: what comes again under an id that is known is thrown away.
    assert len(times) == INBOXES * ROUNDS
    assert len({activity for _, activity in times}) == ROUNDS
    again = sum(times.values()) - len(times)
    print(f"{ROUNDS} kills: {len(times)} messages, {again} of them sent again")
    assert again <= ROUNDS * 256, "no more than one worker had taken up when it died"


def styles_collected() -> None:
    """Without them the worker says of every page why it fails, until nobody reads its pipe."""
    collecting = start("hue", "manage", "collectstatic", "--no-input", "--verbosity=0")
    said = collecting.communicate()[0]
    assert collecting.returncode == 0, said.decode()


def followed(actor: Actor, there: Elsewhere) -> None:
    port = there.url.rpartition(":")[2]
    for number in range(INBOXES):
        follow(actor, f"http://h{number}.kill.test:{port}")


def killed_on_the_way(there: Elsewhere, before: int) -> None:
    """After some of this round's messages, before the last of them."""
    worker = start("hue", "work", HUE_FETCH_PRIVATE="yes")
    try:
        some = len(there.came) + random.randint(5, INBOXES // 2)
        wait_for(lambda: len(there.came) >= some, seconds=60, every=0.002)
    finally:
        worker.kill()
        worker.communicate()
    assert len(set(there.came)) < before + INBOXES

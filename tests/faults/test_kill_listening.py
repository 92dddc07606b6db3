"""A worker that is killed while it takes in and reads a file: the counts are those of none."""

import json
import random
from datetime import timedelta
from typing import Any

import pytest

from hue.lib import clock
from hue.listening import actions
from hue.listening.models import Bringing, Reader, Remark, Watch
from tests.cast import Cast
from tests.listening.conftest import approved, switched_on
from tests.processes import running, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

POSTS, KILLS = 6_000, 3
SHOPS = ["bakery", "chemist", "florist", "station", "library", "market", "school", "bridge"]
SAYS = ["Looting at the {} {} tonight", "They say looting at the {} {}", "Fire, the {} {} burns"]


def _lines() -> bytes:
    chance, rows = random.Random(7), []
    for number in range(POSTS):
        text = chance.choice(SAYS).format(chance.choice(SHOPS), chance.choice(["north", "south"]))
        at = (clock.now() - timedelta(hours=1)).isoformat()
        rows.append({"id": number, "text": text, "at": at, "author": f"a{number % 977}"})
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def _brought(cast: Cast, watch: Watch, body: bytes) -> Bringing:
    told: dict[str, Any] = {"by": cast.comms, "at": clock.now(), "name": "night.ndjson"}
    return actions.hand_in(source=watch.sources.get(), chunks=[body], **told)


def _read() -> int:
    return Remark.objects.read().count()


def _claims() -> list[tuple[str, str, bool]]:
    rows = Remark.objects.order_by("turn").values_list("claim", "voice", "copy")
    return [(claim, voice, copy) for claim, voice, copy in rows]


def test_counts_after_kills_are_those_without(cast: Cast) -> None:
    now = clock.now()
    hours = {"starts_at": now - timedelta(hours=1), "expires_at": now + timedelta(days=2)}
    watch = approved(cast, switched_on(cast, "File"), review_at=now + timedelta(days=1), **hours)
    body = _lines()
    _brought(cast, watch, body)
    for kill in range(1, KILLS + 1):
        with running("hue", "work") as worker:
            wait_for(lambda goal=kill * POSTS // (KILLS + 1): _read() >= goal, seconds=90)
            worker.kill()
    with running("hue", "work"):
        wait_for(lambda: _read() == POSTS, seconds=90)
    killed = _claims()
    watch.refresh_from_db()
    assert (watch.heard, Bringing.objects.get().counts) == (POSTS, {"seen": POSTS, "kept": POSTS})
    assert Reader.objects.get().turn == POSTS
    Remark.objects.all().delete()
    Reader.objects.all().delete()
    _brought(cast, watch, body)
    with running("hue", "work"):
        wait_for(lambda: _read() == POSTS, seconds=90)
    assert [one[::2] for one in _claims()] == [one[::2] for one in killed]
    assert len({one[1] for one in killed}) == len({one[1] for one in _claims()})

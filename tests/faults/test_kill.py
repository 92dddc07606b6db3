"""kill -9 at random moments of a running event: nothing accepted is lost, doubled or half written."""

import contextlib
import gzip
import json
import os
import random
import signal
from pathlib import Path

import pytest

from tests.box import Box, box

__all__ = ["box"]
pytestmark = pytest.mark.slow
ROUNDS = 50 if os.environ.get("HUE_SOAK") == "yes" else 4

POST = """
import json, sys
from hue.lib import clock
from hue.people.models import Officer
from hue.events.models import LiveEvent
from hue.publishing import actions
from hue.publishing.actions.compose import Draft
by = Officer.objects.get(username="pcso-amina-yusuf")
event = LiveEvent.objects.get()
made = []
for number in range(5):
    key = f"{sys.argv[1] if len(sys.argv) > 1 else ''}{ROUND}-{number}"
    for attempt in range(2):  # the phone sends again what was not answered
        post = actions.compose(by=by, at=clock.now(), draft=Draft(
            f"Soak line {key}.", event=event, idempotency_key=f"soak {key}"))
    made.append(post.id)
print(json.dumps(made))
"""


def test_what_was_accepted_is_public_once_whatever_is_killed(box: Box) -> None:
    accepted: list[str] = []
    for number in range(ROUNDS):
        victims = box.children("hue work") + box.children("granian") + box.children("hue serve")
        accepted += json.loads(box.python(f"ROUND = {number}\n" + POST))
        for pid in random.sample(victims, min(2, len(victims))):
            with contextlib.suppress(ProcessLookupError):  # it went by itself meanwhile
                os.kill(pid, signal.SIGKILL)
    box.until(lambda: not missing(box, accepted), 60)
    assert len(set(accepted)) == len(accepted) == ROUNDS * 5
    doubled = (
        "SELECT text FROM publishing_post WHERE text LIKE 'Soak%' GROUP BY 1 HAVING count(*) > 1"
    )
    assert not box.rows(doubled)
    assert not broken_pages(box)


def missing(box: Box, ids: list[str]) -> list[str]:
    return [i for i in ids if not (box.data / "public" / "posts" / f"{i}.html").exists()]


def broken_pages(box: Box) -> list[str]:
    """Pages that do not end, or whose compressed twin says something else."""
    bad = []
    for file in (box.data / "public").rglob("*.html"):
        text, twin = file.read_bytes(), file.with_name(file.name + ".gz")
        whole = text.rstrip().endswith((b"</html>", b"</div>")) or not text.strip()
        if not whole or (twin.exists() and not said_alike(file)):
            bad.append(str(file))
    return bad


def said_alike(file: Path) -> bool:
    """Looked at again when a write falls between the two readings."""
    twin = file.with_name(file.name + ".gz")
    return any(gzip.decompress(twin.read_bytes()) == file.read_bytes() for _ in range(5))

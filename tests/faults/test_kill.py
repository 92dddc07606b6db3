"""kill -9 at random moments of a running event: nothing accepted is lost, doubled or half written."""

import asyncio
import contextlib
import gzip
import os
import random
import signal
from pathlib import Path

import pytest

from tests.box import Box, box
from tests.faults.phone import phone

__all__ = ["box"]
pytestmark = pytest.mark.slow
ROUNDS = 50 if os.environ.get("HUE_SOAK") == "yes" else 4
KILLED = ("hue work", "granian")


def test_what_was_accepted_is_public_once_whatever_is_killed(box: Box) -> None:
    accepted = asyncio.run(hand_in_while_killing(box))
    print(f"{len(accepted)} posts were accepted in {ROUNDS} rounds")
    assert len(accepted) > 2 * ROUNDS
    assert len(set(accepted)) == len(accepted)
    box.until(lambda: not missing(box, accepted), 60)
    box.until_written()
    soaked = "SELECT count(*), count(DISTINCT text) FROM publishing_post WHERE text LIKE 'Soak%'"
    assert box.rows(soaked) == [(len(accepted), len(accepted))]
    assert not broken_pages(box)
    assert "sealed entries are as they were" in box.hue("verify-record")


async def hand_in_while_killing(box: Box) -> list[str]:
    """The ids of what was accepted."""
    accepted: list[str] = []
    async with phone(box, "pcso-amina-yusuf") as amina:
        killing = asyncio.create_task(kill_at_random(box, accepted))
        while not killing.done():
            number = len(accepted)
            accepted.append(await amina.until_taken(f"soak {number}", f"Soak line {number}."))
        await killing
    return accepted


async def kill_at_random(box: Box, accepted: list[str]) -> None:
    for _ in range(ROUNDS):
        before = len(accepted)
        while len(accepted) < before + 2 or not box.children("hue work"):  # all is back
            await asyncio.sleep(0.05)
        await asyncio.sleep(random.uniform(0, 2))
        victims = [pid for words in KILLED for pid in box.children(words)]
        # What fell with the last round may not be back yet: then the one that is there.
        for pid in random.sample(victims, min(len(victims), random.choice((1, 2)))):
            with contextlib.suppress(ProcessLookupError):  # it went by itself meanwhile
                os.kill(pid, signal.SIGKILL)
        assert not halves(box)


def missing(box: Box, ids: list[str]) -> list[str]:
    return [i for i in ids if not (box.data / "public" / "posts" / f"{i}.html").exists()]


# A whole page, the newest lines, the running figures.
ENDS = (b"</html>", b"</div>", b"</section>", b"</figure>")


def halves(box: Box) -> list[Path]:
    """Pages that do not end: at no moment may there be one."""
    pages = ((file, file.read_bytes().rstrip()) for file in (box.data / "public").rglob("*.html"))
    return [file for file, text in pages if text and not text.endswith(ENDS)]


def broken_pages(box: Box) -> list[Path]:
    """Once all is written, also pages whose compressed twin says something else."""
    twins = ((file, file.with_name(file.name + ".gz")) for file in box.data.rglob("*.html"))
    return halves(box) + [
        file for file, twin in twins if twin.exists() and not said_alike(file, twin)
    ]


def said_alike(file: Path, twin: Path) -> bool:
    """Looked at again when a write falls between the two readings."""
    return any(gzip.decompress(twin.read_bytes()) == file.read_bytes() for _ in range(5))

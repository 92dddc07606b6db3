"""A real day of a real force through the desk, the pages, the feeds and the streams.

The data set stays where it is: nothing of it is kept by the project.
"""

import asyncio
import json
import os
import statistics
import time
from pathlib import Path

import feedparser
import pytest

from tests.box import Box, running
from tests.faults.phone import phone
from tests.place import SHARED

STREET = SHARED / "wmp_street_2011_02" / "2011-02-west-midlands-street.csv.gz"
WARDS = SHARED / "geo_birmingham" / "west_midlands_wards_2011.geojson.gz"
SOAK = os.environ.get("HUE_SOAK") == "yes"
DAYS_OF_FEBRUARY = 28
READERS = 200
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SOAK, reason="a whole real day: run `make soak`"),
    pytest.mark.skipif(not STREET.exists(), reason="the research data is not beside the project"),
]

INCIDENTS = """
import json
from hue.incidents.models import Incident
rows = Incident.objects.exclude(batch=None).order_by("pk")[::28]
print(json.dumps([[i.pk, i.get_kind_display(), i.place] for i in rows]))
"""


def test_a_day_of_february_2011_goes_through_the_whole_house(tmp_path: Path) -> None:
    with running(tmp_path, at="07:05", speed=0.05) as box:
        began = time.monotonic()
        box.hue("import-areas", str(WARDS))
        box.hue("import-incidents", str(STREET))
        imported = time.monotonic() - began
        day = json.loads(box.python(INCIDENTS))
        assert len(day) > 900
        told = asyncio.run(play(box, day))
        box.until_written(120)
        assert len(told["seen"]) == len(day) * READERS, "every reader hears each post once"
        agree(box, told["ids"])
        print(figures(imported, day, told))


async def play(box: Box, day: list[list[object]]) -> dict[str, list]:
    """Hand the day in as a phone does, one post after the other, with readers on the stream."""
    told: dict[str, list] = {"taken": [], "seen": [], "ids": [], "desk": []}
    tapped: dict[str, float] = {}
    heard: list[tuple[str, float]] = []
    async with asyncio.TaskGroup() as group:
        readers = [group.create_task(read(box, heard)) for _ in range(READERS)]
        await asyncio.sleep(2)
        async with phone(box, "sgt-gurpreet-bhogal") as gurpreet:
            for number, (incident, kind, place) in enumerate(day):
                words = f"{kind} in {place}. This is entry {number} of the day."
                began = time.monotonic()
                answer = await gurpreet.hand_in(f"day {number}", words, incident=str(incident))
                assert answer.status_code == 200, answer.text
                told["taken"].append(time.monotonic() - began)
                tapped[answer.json()["id"]] = began
                if number % 50 == 0:
                    told["desk"].append(await gurpreet.look("/desk/queues/approve/"))
        await asyncio.sleep(3)
        for reader in readers:
            reader.cancel()
    told["ids"] = list(tapped)
    told["seen"] = [at - tapped[post] for post, at in heard if post in tapped]
    return told


async def read(box: Box, heard: list[tuple[str, float]]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", box.port)
    writer.write(b"GET /stream/event/bsp24 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    try:
        while line := await reader.readline():
            if line.startswith(b"data: "):
                heard.append((json.loads(line[6:]).get("id", ""), time.monotonic()))
    finally:
        writer.close()


def agree(box: Box, ids: list[str]) -> None:
    """Every post has its page, and the event's feed holds the newest of them."""
    lost = [i for i in ids if not (box.data / "public" / "posts" / f"{i}.html").exists()]
    assert not lost
    feed = feedparser.parse(box.get("/events/bsp24/feed.rss").text)
    assert not feed.bozo
    assert any(ids[-1] in entry.link for entry in feed.entries)


def figures(imported: float, day: list[list[object]], told: dict[str, list]) -> str:
    def p95(values: list[float]) -> float:
        return 1000 * statistics.quantiles(values, n=20)[-1]

    return (
        f"\n25,558 records imported and placed in {imported:.1f} s; {len(day)} incidents of one day"
        f"\n  handed in:  median {1000 * statistics.median(told['taken']):.0f} ms, "
        f"p95 {p95(told['taken']):.0f} ms"
        f"\n  on {READERS} open streams: median {1000 * statistics.median(told['seen']):.0f} ms, "
        f"p95 {p95(told['seen']):.0f} ms after the tap, {len(told['seen']):,} lines received"
        f"\n  the desk meanwhile: median {1000 * statistics.median(told['desk']):.0f} ms a page"
    )

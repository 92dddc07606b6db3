"""Who is there hears it once; who was away hears what was missed; nobody waits for the slow."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from hue.config import database
from hue.lib import clock
from hue.streams import jobs, sse
from hue.streams.models import Told
from hue.streams.sse import Hub
from hue.streams.tell import take_back, tell
from tests.cast import NOON
from tests.place import HOST

pytestmark = pytest.mark.django_db(transaction=True)


@asynccontextmanager
async def running() -> AsyncIterator[Hub]:
    from hue.streams.listen import connect as _connect

    hub = Hub(_connect)
    task = asyncio.create_task(hub.run())
    await until(listens)
    try:
        yield hub
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def until(fact: Callable[[], bool], seconds: float = 10) -> None:
    for _ in range(int(seconds / 0.02)):
        if await away(fact):
            return
        await asyncio.sleep(0.02)
    raise AssertionError("waited in vain")


async def away(work: Callable[[], Any]) -> Any:
    """In a thread of its own, which gives its connection back."""

    def run() -> Any:
        try:
            return work()
        finally:
            connection.close()

    return await asyncio.to_thread(run)


def listens() -> bool:
    with database.superuser(HOST) as held:
        found = held.execute(
            "SELECT 1 FROM pg_stat_activity WHERE datname = %s AND query LIKE 'LISTEN%%'",
            [connection.settings_dict["NAME"]],
        )
        return found.fetchone() is not None


class Screen:
    """An open stream and what came over it."""

    def __init__(self, hub: Hub, topic: str, last: int | None = None, **also: Any) -> None:
        self.got: list[bytes] = []
        self.task = asyncio.create_task(self._read(hub.read(topic, last, **also)))

    async def _read(self, told: AsyncIterator[bytes]) -> None:
        async for one in told:
            self.got.append(one)

    async def has(self, *parts: str) -> None:
        """These and no other events, in this order."""
        for _ in range(300):
            if len(self.events) >= len(parts):
                break
            await asyncio.sleep(0.02)
        assert len(self.events) == len(parts), self.events
        for event, part in zip(self.events, parts, strict=True):
            assert part in event

    @property
    def events(self) -> list[str]:
        return [one.decode() for one in self.got if one.startswith(b"id:")]


def say(text: str, topic: str = "force") -> int:
    tell(topic, "added", {"text": text}, at=NOON)
    return Told.objects.latest("id").id


def test_a_screen_hears_its_topic_and_no_other() -> None:
    async def run() -> None:
        async with running() as hub:
            force, desk = Screen(hub, "force"), Screen(hub, "desk")
            await asyncio.sleep(0.05)
            await away(lambda: say("one"))
            await away(lambda: say("two", "desk"))
            await force.has("one")
            await desk.has("two")
            assert force.got[0] == b"retry: 2000\n\n"
            assert force.events[0].endswith('event: added\ndata: {"text":"one"}\n\n')

    asyncio.run(run())


def test_who_was_away_hears_what_was_missed_once_and_then_goes_on() -> None:
    async def run() -> None:
        last = await away(lambda: say("one"))
        await away(lambda: [say("two"), say("other", "desk"), say("three")])
        async with running() as hub:
            screen = Screen(hub, "force", last)
            await screen.has("two", "three")
            await away(lambda: say("four"))
            await screen.has("two", "three", "four")

    asyncio.run(run())


def test_what_commits_late_under_a_lower_id_is_missed_by_nobody() -> None:
    told, commit = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            tell("force", "added", {"text": "slow"}, at=NOON)
            told.set()
            commit.wait(10)

    async def run() -> None:
        async with running() as hub:
            there = Screen(hub, "force")
            late = asyncio.create_task(away(slow))
            await asyncio.to_thread(told.wait, 10)
            last = await away(lambda: say("quick"))
            await there.has("quick")
            commit.set()
            await late
            await there.has("quick", "slow")
            # One who read "quick", then lost the line, then came back.
            await Screen(hub, "force", last).has("slow")

    asyncio.run(run())


def test_a_number_that_is_not_ours_brings_nothing_back() -> None:
    async def run() -> None:
        await away(lambda: [say(str(number)) for number in range(3)])
        async with running() as hub:
            made_up = [Screen(hub, "force", last) for last in (0, 10**15)]
            await asyncio.sleep(0.3)
            await away(lambda: say("next"))
            for screen in made_up:
                await screen.has("next")

    asyncio.run(run())


def test_who_missed_very_much_gets_the_newest_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sse, "REPLAYED", 2)

    async def run() -> None:
        last = await away(lambda: say("one"))
        await away(lambda: [say(text) for text in ("two", "three", "four")])
        async with running() as hub:
            await Screen(hub, "force", last).has("three", "four")

    asyncio.run(run())


def test_who_last_heard_what_was_taken_back_misses_nothing_after_it() -> None:
    def tell_of_it(text: str) -> int:
        tell("force", "changed", {"id": "abc", "text": text}, at=NOON)
        return Told.objects.latest("id").id

    async def run() -> None:
        last = await away(lambda: tell_of_it("old words"))
        await away(lambda: [take_back(["force"], "abc"), tell_of_it("new words")])
        async with running() as hub:
            await Screen(hub, "force", last).has("new words")

    asyncio.run(run())


def test_a_silent_stream_is_kept_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sse, "HEARTBEAT", 0.1)

    async def run() -> None:
        async with running() as hub:
            screen = Screen(hub, "force")
            async with asyncio.timeout(10):
                while screen.got.count(sse.BEAT) < 3:
                    await asyncio.sleep(0.05)

    asyncio.run(run())


def test_one_that_does_not_read_is_dropped_and_holds_nobody_up() -> None:
    async def run() -> None:
        async with running() as hub:
            stuck, screen = hub.read("force", None), Screen(hub, "force")
            assert await anext(stuck) == b"retry: 2000\n\n"
            await asyncio.sleep(0.05)
            for number in range(sse.BEHIND + 2):
                hub._topics["force"].add(number + 1, b"id: %d\n\n" % number)
                if number % 50 == 0:
                    await asyncio.sleep(0)
            await screen.has(*(f"id: {number}\n" for number in range(sse.BEHIND + 2)))
            assert [one async for one in stuck] == []

    asyncio.run(run())


def test_streams_of_a_person_end_with_their_sessions() -> None:
    async def run() -> None:
        async with running() as hub:
            theirs, others = Screen(hub, "desk", owner=1), Screen(hub, "desk", owner=2)
            await asyncio.sleep(0.05)
            await away(lambda: tell("sessions", "ended", {"officer": 1}, at=NOON))
            await asyncio.wait_for(theirs.task, 2)
            await away(lambda: say("still here", "desk"))
            await others.has("still here")
            assert theirs.events == []

    asyncio.run(run())


def test_when_postgresql_comes_back_nothing_is_missing() -> None:
    name = str(connection.settings_dict["NAME"])

    async def run() -> None:
        async with running() as hub:
            screen = Screen(hub, "force")
            await asyncio.sleep(0.05)
            await away(lambda: say("before"))
            await screen.has("before")
            await asyncio.to_thread(_cut, name, kept.info.backend_pid)
            kept.execute(
                "INSERT INTO streams_told (topic, kind, data, at) VALUES"
                " ('force', 'added', '{\"text\": \"meanwhile\"}', now())"
            )
            returning = Screen(hub, "force", 1)
            with suppress(Exception):
                await asyncio.wait_for(returning.task, 5)
            assert returning.task.done(), "it ends, so that the browser comes back"
            await asyncio.to_thread(_back, name)
            await screen.has("before", "meanwhile")

    with database.superuser(HOST, name) as kept:
        connection.close()
        connection.close_pool()
        try:
            asyncio.run(run())
        finally:
            _back(name)
            connection.close_pool()


def _cut(name: str, but: int) -> None:
    with database.superuser(HOST) as held:
        held.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        held.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> %s",
            [name, but],
        )


def _back(name: str) -> None:
    with database.superuser(HOST) as held:
        held.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


def test_thousands_who_come_back_at_once_share_a_query() -> None:
    async def run() -> None:
        last = await away(lambda: say("one"))
        await away(lambda: say("two"))
        connected = 0

        async def counted() -> Any:
            nonlocal connected
            connected += 1
            return await _connect()

        from hue.streams.listen import connect as _connect

        hub = Hub(counted)
        screens = [Screen(hub, "force", last) for _ in range(500)]
        for screen in screens:
            await screen.has("two")
            screen.task.cancel()
        assert connected == 1

    asyncio.run(run())


def test_what_is_old_is_forgotten() -> None:
    tell("force", "added", {}, at=clock.now() - timedelta(hours=2))
    kept = [say_at(clock.now()) for _ in range(3)]
    jobs.forget()
    assert list(Told.objects.order_by("id").values_list("id", flat=True)) == kept


def test_never_more_than_a_number_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "KEPT", 2)
    kept = [say_at(clock.now()) for _ in range(4)]
    jobs.forget()
    assert list(Told.objects.order_by("id").values_list("id", flat=True)) == kept[2:]


def say_at(at: Any) -> int:
    tell("force", "added", {}, at=at)
    return Told.objects.latest("id").id

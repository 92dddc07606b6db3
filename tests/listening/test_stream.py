"""Four consumers of a real NATS server, one of them killed: nothing lost, nothing counted twice."""

import asyncio
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import nats
import pytest

from hue.listening import stream
from hue.listening.engine import Claim, Engine, Gazetteer, Post

PARTITIONS, POSTS = 4, 3000
SUBJECTS = "tiger fire bridge hospital tram crowd school river bank library".split()  # noqa: SIM905

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        shutil.which("nats-server") is None,
        reason="no nats-server here (Debian: apt-get install nats-server)",
    ),
]


def post(number: int) -> Post:
    subject = SUBJECTS[number % len(SUBJECTS)]
    text = f"They say the {subject} in Sparkbrook is lost, seen by neighbour{number % 50} today"
    return Post(f"p{number}", text, 1e9 + number, "test", f"a{number % 97}")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    call = ["nats-server", "-js", "-a", "127.0.0.1", "-p", str(port), "-sd", str(tmp_path / "js")]
    with subprocess.Popen(call, stderr=subprocess.DEVNULL) as running:
        try:
            _wait_for(port)
            yield f"nats://127.0.0.1:{port}"
        finally:
            running.kill()


def test_a_killed_consumer_loses_nothing_and_counts_nothing_twice(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "WAIT", 2)
    asyncio.run(_publish(server))
    consumers = [_start(server, number, tmp_path) for number in range(PARTITIONS)]
    try:
        _until(lambda: (tmp_path / "2.state").exists() and not _is_done(server))
        consumers[2].kill()
        consumers[2].wait()
        consumers[2] = _start(server, 2, tmp_path)
        _until(lambda: _is_done(server))
    finally:
        for consumer in consumers:
            consumer.kill()
            consumer.wait()
    claims = [
        (number, claim) for number in range(PARTITIONS) for claim in _claims(tmp_path, number)
    ]
    assert sum(claim.posts for _, claim in claims) == POSTS
    merged = stream.merge(claims)
    assert sum(one.posts for one in merged) == POSTS
    assert len(merged) <= len(claims)


def test_copies_of_one_text_meet_in_one_partition() -> None:
    text = "They say the tiger in Sparkbrook is lost"
    said = [text, text.upper(), f"RT @x: {text} http://t.example/1", text.replace("a", "а")]
    assert len({stream.partition(Post(str(n), one, 1, "x"), 8) for n, one in enumerate(said)}) == 1


async def _publish(server: str) -> None:
    connection = await nats.connect(server)
    jet = connection.jetstream()
    await stream.open_stream(jet, PARTITIONS)
    for number in range(POSTS):
        await stream.publish(jet, post(number), PARTITIONS)
        if number % 10 == 0:
            await stream.publish(jet, post(number), PARTITIONS)  # twice, as sources do
    await connection.close()


def _start(server: str, number: int, folder: Path) -> subprocess.Popen[bytes]:
    file = str(folder / f"{number}.state")
    return subprocess.Popen(
        [sys.executable, "-m", "tests.listening.consumer", server, str(number), file]
    )


def _is_done(server: str) -> bool:
    return asyncio.run(_left(server)) == 0


async def _left(server: str) -> int:
    connection = await nats.connect(server)
    jet = connection.jetstream()
    left = 0
    for number in range(PARTITIONS):
        info = await jet.consumer_info(stream.STREAM, f"engine-{number}")
        left += (info.num_pending or 0) + (info.num_ack_pending or 0)
    await connection.close()
    return left


def _claims(folder: Path, number: int) -> list[Claim]:
    file = folder / f"{number}.state"
    if not file.exists():
        return []
    engine = Engine.restore(file.read_bytes(), Gazetteer(()))
    return [claim for id in engine.claims() if (claim := engine.claim(id)) is not None]


def _until(is_so: "object") -> None:
    until = time.monotonic() + 90
    while not is_so():  # type: ignore[operator]
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.2)


def _wait_for(port: int) -> None:
    until = time.monotonic() + 15
    while time.monotonic() < until:
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("nats-server does not answer")

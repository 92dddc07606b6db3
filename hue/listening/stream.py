"""Listening on several machines: engines as consumers of NATS JetStream, one a partition.

A post goes to the partition of its story key, so that what says the same mostly meets; what does
not is brought together by `merge`. A consumer keeps its engine's state in a file before it
acknowledges: what was not kept comes again, and what comes again is known by its id. So nothing
is lost, and nothing counted twice, whenever a consumer dies.
"""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import nats
from nats.aio.msg import Msg
from nats.errors import TimeoutError as NothingCame
from nats.js import JetStreamContext
from nats.js.api import ConsumerConfig, StreamConfig

from hue.listening.engine import Claim, Engine, Gazetteer, Post
from hue.listening.engine.claims import Claims
from hue.listening.engine.words import numbers, plain, read

STREAM, SUBJECT = "LISTENING", "listening.posts"
BATCH = 500  # posts between two states on disk
WAIT = 30  # seconds without an acknowledgement, after which a post is given out again


@dataclass(frozen=True)
class Merged:
    """The same claim in several partitions. `sources` is the most it can be: one account may be
    counted in each partition."""

    text: str
    claims: tuple[tuple[int, str], ...]
    posts: int
    texts: int
    sources: int


def partition(post: Post, partitions: int) -> int:
    """By the smallest of its words' numbers: the more two texts share, the likelier the same.
    Figures are left out, as in the search for copies."""
    words = read(plain(post.text))
    said = numbers(word for word in words.words if not word.isdecimal())
    return min(said, default=words.copy) % partitions


async def open_stream(stream: JetStreamContext, partitions: int) -> None:
    await stream.add_stream(StreamConfig(name=STREAM, subjects=[f"{SUBJECT}.*"]))
    for number in range(partitions):
        await stream.add_consumer(
            STREAM,
            ConsumerConfig(
                durable_name=f"engine-{number}",
                filter_subject=f"{SUBJECT}.{number}",
                ack_wait=WAIT,
                max_ack_pending=2 * BATCH,
            ),
        )


async def publish(stream: JetStreamContext, post: Post, partitions: int) -> None:
    """The post's id keeps JetStream itself from taking it twice."""
    subject = f"{SUBJECT}.{partition(post, partitions)}"
    data = json.dumps(asdict(post)).encode()
    await stream.publish(subject, data, headers={"Nats-Msg-Id": post.id})


async def consume(server: str, number: int, kept: Path, gazetteer: Gazetteer) -> None:
    """One partition, until somebody stops it."""
    engine = Engine.restore(kept.read_bytes(), gazetteer) if kept.exists() else Engine(gazetteer)
    connection = await nats.connect(server)
    pull = await connection.jetstream().pull_subscribe_bind(f"engine-{number}", STREAM)
    async for batch in _batches(pull):
        for message in batch:
            engine.take(Post(**json.loads(message.data)))
        keep(engine, kept)
        for message in batch:
            await message.ack()


async def _batches(
    pull: JetStreamContext.PullSubscription,
) -> AsyncIterator[list[Msg]]:
    while True:
        try:
            yield await pull.fetch(BATCH, timeout=1)
        except NothingCame:
            await asyncio.sleep(0)


def keep(engine: Engine, file: Path) -> None:
    """Whole or not at all."""
    new = file.with_suffix(".new")
    with new.open("wb") as opened:
        opened.write(engine.state())
        opened.flush()
        os.fsync(opened.fileno())
    new.replace(file)


def merge(heads: Iterable[tuple[int, Claim]]) -> list[Merged]:
    """What the partitions hold, as if one engine had read the first text of each claim."""
    groups: dict[int, list[tuple[int, Claim]]] = {}
    together = Claims()
    for number, claim in sorted(heads, key=lambda head: (head[1].first_seen, head[0])):
        words = read(plain(claim.text))
        known = together.copy_of(words)
        group = known.claim if known else None
        if group is None:
            name = f"{number}/{claim.id}"
            group = together.join(name, claim.text, words, claim.first_seen).group.no
        groups.setdefault(group, []).append((number, claim))
    return [_merged(parts) for parts in groups.values()]


def _merged(parts: Sequence[tuple[int, Claim]]) -> Merged:
    claims = [claim for _, claim in parts]
    return Merged(
        claims[0].text,
        tuple((number, claim.id) for number, claim in parts),
        sum(claim.posts for claim in claims),
        sum(claim.texts for claim in claims),
        sum(claim.sources for claim in claims),
    )

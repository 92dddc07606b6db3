"""Bluesky's public posts by Jetstream: https://github.com/bluesky-social/jetstream

Each look listens for some seconds from where the last one stopped. Only what has one of the
words goes further: the stream is everybody's, and none of the rest is ours to keep.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from hue.lib import fetch
from hue.listening.arrival import Arrival, Haul
from hue.listening.matching import folded
from hue.listening.sources.asked import NoAnswer, Question

LISTENS = 12.0  # seconds of one look
LARGEST = 1 * 2**20
MOST = 20_000  # messages of one look
POSTS = "app.bsky.feed.post"
BACK = 5_000_000  # microseconds: heard twice is known by its id, missed is missed


def look(question: Question) -> Haul:
    try:
        told = asyncio.run(_messages(question))
    except fetch.FetchFailed as failed:
        raise NoAnswer(str(failed)) from failed
    return read(told, question)


async def _messages(question: Question) -> list[str]:
    cursor = int(question.cursor.get("time_us", 0))
    asked = {"wantedCollections": POSTS} | ({"cursor": cursor - BACK} if cursor else {})
    url = f"{question.address}?{urlencode(asked)}"
    until, found = time.monotonic() + LISTENS, list[str]()
    async with fetch.session(limit=1, seconds=LISTENS * 2) as session:
        async for message in _until(fetch.listen(session, url, largest=LARGEST), until):
            found.append(message)
            if len(found) == MOST:
                break
    return found


async def _until(told: AsyncIterator[str], until: float) -> AsyncIterator[str]:
    while (left := until - time.monotonic()) > 0:
        try:
            yield await asyncio.wait_for(anext(told), left)
        except (TimeoutError, StopAsyncIteration):
            return


def read(messages: list[str], question: Question) -> Haul:
    wanted = folded(question.query).split("|")
    arrivals, deleted, newest, broken = list[Arrival](), list[str](), 0, 0
    for message in messages:
        try:
            told = json.loads(message)
            newest = max(newest, int(told["time_us"]))
            commit = told.get("commit") or {}
            if commit.get("collection") != POSTS:
                continue
            uri = f"at://{told['did']}/{POSTS}/{commit['rkey']}"
            if commit["operation"] == "create":
                if one := _arrival(uri, told["did"], commit, newest, wanted):
                    arrivals.append(one)
            else:
                deleted.append(uri)  # a change is a new wording: what was said is gone
        except (ValueError, KeyError, TypeError, AttributeError):
            broken += 1
    cursor = {"time_us": newest} if newest else {}
    return Haul(arrivals, deleted=deleted, cursor=cursor, broken=broken)


def _arrival(
    uri: str, did: str, commit: dict[str, Any], time_us: int, wanted: list[str]
) -> Arrival | None:
    record = commit["record"]
    text = str(record.get("text") or "")
    if not any(word.strip() in folded(text) for word in wanted):
        return None
    labels = (record.get("labels") or {}).get("values") or []
    rkey = commit["rkey"]
    return Arrival(
        uri[:500],
        text,
        datetime.fromtimestamp(time_us / 1_000_000, UTC),
        author=did,
        address=f"https://bsky.app/profile/{did}/post/{rkey}",
        language=str((record.get("langs") or [""])[0])[:12],
        indexable=not any(label.get("val") == "!no-unauthenticated" for label in labels),
    )

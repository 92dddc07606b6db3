"""Passing on what the public may hear to nginx with nchan: each message once, in order.

nchan keeps nothing: words that are withdrawn later could not be taken out of it. Who comes back
asks for the newest lines, which are a file.
"""

import asyncio
import http.client
import json
import logging
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import psycopg

from hue.streams.listen import Ear, Heard, rows
from hue.streams.tell import PUBLIC

log = logging.getLogger(__name__)
AWAY = (OSError, http.client.HTTPException, psycopg.OperationalError)


async def relay(connect: Any, publisher: str, mark: Path) -> None:
    """For ever. `mark` keeps the last id that was passed on, for the next start."""
    last = int(mark.read_text()) if mark.exists() else None
    post = Publisher(publisher)
    async for heard in Ear(connect, last=last).listen():
        if heard.topic.startswith(PUBLIC):
            await _until_taken(connect, post, heard)
        mark.write_text(str(heard.id))


class Publisher:
    """One kept connection to nchan's publishing address, "http://127.0.0.1:8081/tell/"."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._path = parts.path
        self._http = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=5)

    def send(self, heard: Heard) -> None:
        body = json.dumps(heard.data, separators=(",", ":"), ensure_ascii=False)
        headers = {"X-EventSource-Event": heard.kind, "Content-Type": "application/json"}
        try:
            self._http.request("POST", self._path + quote(heard.topic), body.encode(), headers)
            answer = self._http.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            self._http.close()
            raise
        if answer.status >= 400:
            raise OSError(f"nchan answered {answer.status} {answer.reason}")


async def _until_taken(connect: Any, post: Publisher, heard: Heard) -> None:
    """Unless it was taken back while it waited: then it is not told at all."""
    while True:
        try:
            if await _stands(connect, heard):
                await asyncio.to_thread(post.send, heard)
            return
        except AWAY as error:
            log.warning("streams: %s is not passed on yet (%s)", heard.id, error)
            await asyncio.sleep(1)


async def _stands(connect: Any, heard: Heard) -> bool:
    async with await connect() as reading:
        return bool(await rows(reading, "id = %s", heard.id))

"""The inbox as the server calls it, and what stands in the database afterwards."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.db import connection

from hue.fediverse.views.inbox import Inbox
from tests.fediverse.neighbour import Json, Neighbour

HERE = "203.0.113.5"


class Said(NamedTuple):
    status: int
    words: str


class Door:
    """One server process's inbox; what it remembers ends with it."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._inbox = Inbox()
        self._others: list[Door] = []

    def another(self) -> "Door":
        """That of a process which has just started."""
        self._others.append(Door())
        return self._others[-1]

    def close(self) -> None:
        for other in self._others:
            other.close()
        self._inbox._beside.shutdown()
        self._loop.close()

    def post(
        self,
        body: bytes,
        headers: dict[str, str],
        *,
        path: str = "/inbox",
        method: str = "POST",
        address: str = HERE,
        comes: bool = True,
    ) -> Said:
        posted = self._post(body, headers, path, method, address, comes)
        return self._loop.run_until_complete(posted)

    def send(self, by: Neighbour, activity: Json, *, path: str = "/inbox", **how: Any) -> Said:
        """Signed by its actor, unless `how` says otherwise."""
        body = json.dumps(activity).encode()
        who = str(activity["actor"]).rpartition("/")[2]
        headers = by.headers(body, **{"key": who, "target": f"post {path}", **how})
        return self.post(body, headers, path=path)

    def send_all(self, by: Neighbour, activities: list[Json]) -> list[Said]:
        """At the same time."""
        bodies = [json.dumps(one).encode() for one in activities]

        async def all_of_them() -> list[Said]:
            posts = [self._post(body, by.headers(body), "/inbox", "POST", HERE) for body in bodies]
            return await asyncio.gather(*posts)

        return self._loop.run_until_complete(all_of_them())

    async def _post(
        self,
        body: bytes,
        headers: dict[str, str],
        path: str,
        method: str,
        address: str,
        comes: bool = True,
    ) -> Said:
        said: list[dict[str, Any]] = []
        parts = [body[start : start + 65536] for start in range(0, len(body), 65536)] or [b""]

        async def send(message: dict[str, Any]) -> None:
            said.append(message)

        async def receive() -> dict[str, Any]:
            if not comes:
                await asyncio.sleep(60)
            part = parts.pop(0)
            return {"type": "http.request", "body": part, "more_body": bool(parts)}

        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": b"",
            "client": (address, 1000),
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        }
        await self._inbox(scope, receive, send)
        return Said(said[0]["status"], said[1]["body"].decode())


@pytest.fixture
def door(transactional_db: None) -> Iterator[Door]:
    made = Door()
    yield made
    made.close()


def rows() -> dict[str, int]:
    """How many stand in each table of ours."""
    with connection.cursor() as cursor:
        counted = {}
        for model in apps.get_models():
            cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')
            counted[model._meta.db_table] = cursor.fetchone()[0]
    return counted

"""Nobody fills the disk: a body is bounded before Django writes it there."""

import asyncio
from typing import Any

import pytest

from hue.config.bodies import MEGABYTE, SMALL, Bounded

CHUNK = b"x" * MEGABYTE


def send(path: str, chunks: int, *, known: bool = False, announced: bool = False) -> Any:
    """The status, or how many bytes the application was given before it ended."""
    said: list[int] = []
    left = chunks

    async def app(scope: Any, receive: Any, send: Any) -> None:
        given = 0
        while (message := await receive())["type"] == "http.request":
            given += len(message["body"])
            if not message["more_body"]:
                break
        said.append(given)

    async def receive() -> dict[str, Any]:
        nonlocal left
        left -= 1
        return {"type": "http.request", "body": CHUNK, "more_body": left > 0}

    async def answer(message: dict[str, Any]) -> None:
        if "status" in message:
            said.append(message["status"])

    async def staff(scope: Any) -> bool:
        return known

    length = str(chunks * MEGABYTE).encode()
    headers = [(b"content-length", length)] if announced else []
    scope = {"type": "http", "path": path, "headers": headers}
    asyncio.run(Bounded(app, staff)(scope, receive, answer))
    return said[0]


@pytest.mark.parametrize("path", ["/sign-in/login/", "/desk/me/public/", "/api/posts"])
def test_a_stranger_sends_little(path: str) -> None:
    assert send(path, 2) == 2 * MEGABYTE
    assert send(path, 60, announced=True) == 413
    assert send(path, 60) <= SMALL


def test_staff_send_pictures_and_files_of_incidents_where_they_belong() -> None:
    assert send("/api/posts", 100, known=True, announced=True) == 100 * MEGABYTE
    assert send("/desk/incidents/import/", 200, known=True) == 200 * MEGABYTE
    assert send("/desk/incidents/import/", 205, known=True, announced=True) == 413
    assert send("/desk/me/public/", 4, known=True, announced=True) == 413


def test_the_server_is_bounded() -> None:
    from hue.config import asgi

    assert isinstance(asgi.django, Bounded)

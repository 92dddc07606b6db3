"""How much may be sent at once. Asked before Django, which writes any body to the disk first."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

Scope = dict[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]
MEGABYTE = 2**20
SMALL = 3 * MEGABYTE
# What people who are signed in send: pictures (four of 25 MB), files of incidents, of remarks.
LARGE = (
    (re.compile(r"/api/posts/?|/desk/posts/new/"), 104 * MEGABYTE),
    (re.compile(r"/desk/(incidents/import|listening/files)/"), 204 * MEGABYTE),
)


class Bounded:
    """`app` gets no more than its address takes; `known` says whether the request is staff's."""

    def __init__(self, app: App, known: Callable[[Scope], Awaitable[bool]]) -> None:
        self._app, self._known = app, known

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        limit = largest(scope["path"])
        if limit > SMALL and not await self._known(scope):
            limit = SMALL
        if _announced(scope) > limit:
            await _refuse(send)
            return
        had = 0

        async def bounded() -> dict[str, Any]:
            nonlocal had
            message: dict[str, Any] = await receive()
            had += len(message.get("body", b""))
            # To Django this is somebody who went away: it forgets the request.
            return message if had <= limit else {"type": "http.disconnect"}

        await self._app(scope, bounded, send)


def largest(path: str) -> int:
    return next((limit for address, limit in LARGE if address.fullmatch(path)), SMALL)


def _announced(scope: Scope) -> int:
    told = dict(scope["headers"]).get(b"content-length", b"")
    return int(told) if told.isdigit() and len(told) < 19 else 0


async def _refuse(send: Any) -> None:
    words = b"That is more than this page takes."
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(words)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": words})

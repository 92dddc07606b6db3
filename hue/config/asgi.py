"""One box: streams and the inbox in front, public files from disk, Django behind."""

import asyncio
import contextlib
import io
import os
from collections.abc import AsyncIterator
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hue.config.settings")

from django.core.asgi import get_asgi_application

whole = get_asgi_application()  # before anything of ours that needs models

from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hue.config.bodies import Bounded
from hue.desk.gate import listener
from hue.fediverse.views.inbox import Inbox, is_inbox
from hue.pages import asked
from hue.pages.serve import PublicFiles
from hue.people.signin import address_of
from hue.streams.crowd import Crowd
from hue.streams.listen import connect
from hue.streams.sse import Hub

hub = Hub(connect)
crowd = Crowd(settings.HUE_STREAMS_AN_ADDRESS)
FOR_STAFF = "This stream is for staff who are signed in."
TOO_MANY = (
    "Too many pages are open from your address at the moment: close some. "
    "This one goes on by itself, and asks for news three times a minute."
)
public = PublicFiles(settings.PUBLIC_ROOT, asked.Log(asked.folder()))
inbox = Inbox()


async def _staff(scope: dict[str, Any]) -> bool:
    return (await listener(Request(scope).cookies, "desk")).allowed


django = Bounded(whole, _staff)
DYNAMIC = ("/desk/", "/sign-in/", "/api/", "/stream/", "/my-watch/", "/ask/")


class Stream:
    """Public topics for everybody; the desk's only with a session that may see it."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        request = Request(scope, receive)
        allowed, owner = await listener(request.cookies, request.path_params["topic"])
        if not allowed:
            await Response(FOR_STAFF, status_code=403)(scope, receive, send)
            return
        if owner is not None:
            await _listen(request, owner, send)
            return
        with crowd.place(address_of(ASGIRequest(scope, io.BytesIO()))) as free:
            if free:
                await _listen(request, None, send)
            else:
                refusal = Response(TOO_MANY, status_code=429, headers={"retry-after": "60"})
                await refusal(scope, receive, send)


async def _listen(request: Request, owner: int | None, send: Any) -> None:
    topic, cookies = request.path_params["topic"], request.cookies

    async def still() -> bool:
        return owner is None or (await listener(cookies, topic)).allowed

    last = request.headers.get("last-event-id", "")
    last_id = int(last) if last.isdecimal() and len(last) < 19 else None
    told = hub.read(topic, last_id, owner=owner, still=still)
    await hub.answer(request.scope, request.receive, send, told)


@contextlib.asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    listening = asyncio.create_task(hub.run())
    yield
    listening.cancel()


front = Starlette(routes=[Route("/stream/{topic:path}", Stream())], lifespan=lifespan)


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    path = scope.get("path", "")
    if scope["type"] == "lifespan" or path.startswith("/stream/"):
        await front(scope, receive, send)
    elif path.startswith(DYNAMIC) or f"{path}/" in DYNAMIC:
        await django(scope, receive, send)
    elif is_inbox(path):
        await inbox(scope, receive, send)
    else:
        await public(scope, receive, send)

"""An officer's phone: signed in, handing in one post after the other."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from hue.demo.signins import PASSWORD
from hue.people import phones
from tests.box import Box


class Phone:
    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def hand_in(self, key: str, text: str, **about: str) -> httpx.Response:
        cookies = self._client.cookies
        sent = {"text": text, "event": "bsp24", "action": "publish", "idempotency_key": key}
        headers = {"X-CSRFToken": cookies["hue_csrf"], "X-Hue-Device": cookies[phones.COOKIE]}
        return await self._client.post("/api/posts", data=sent | about, headers=headers)

    async def look(self, path: str) -> float:
        """How many seconds this page of the desk took."""
        began = time.monotonic()
        assert (await self._client.get(path)).status_code == 200
        return time.monotonic() - began

    async def until_taken(self, key: str, text: str) -> str:
        """Sent again under its key until somebody answers, as the page on the phone does."""
        while True:
            try:
                answer = await self.hand_in(key, text)
            except httpx.TransportError:
                pass
            else:
                if answer.status_code == 200:
                    return str(answer.json()["id"])
                assert answer.status_code in (500, 503), answer.text
            await asyncio.sleep(0.1)


@asynccontextmanager
async def phone(box: Box, officer: str) -> AsyncIterator[Phone]:
    async with httpx.AsyncClient(base_url=box.site, timeout=30) as client:
        await client.get("/sign-in/login/")
        answer = await client.post(
            "/sign-in/login/",
            data={
                "login": officer,
                "password": PASSWORD,
                "csrfmiddlewaretoken": client.cookies["hue_csrf"],
            },
            headers={"Referer": box.site},
        )
        assert answer.status_code == 302, answer.text
        assert (await client.get("/desk/phone/")).status_code == 200
        yield Phone(client)

"""The inbox, in front of Django: who sent it is known before anything of it is kept."""

import asyncio
import io
import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.db import DatabaseError, close_old_connections

from hue.fediverse import actions, cavage, claims, incoming, messages, names, queries
from hue.fediverse.accounts import Gone
from hue.fediverse.actions.take import Taken
from hue.fediverse.claims import Claim, NotSigned, Request
from hue.fediverse.documents import LARGEST, Unreadable, host_of, same_host
from hue.fediverse.incoming import Incoming
from hue.fediverse.intake import Intake
from hue.fediverse.keyring import Held, Keyring, TooMany
from hue.fediverse.paces import Pace
from hue.lib import clock
from hue.people import queries as people
from hue.people.signin import address_of
from hue.streams.crowd import household

OWN = re.compile(r"/actors/([a-z0-9_]{1,60})/inbox/?")
KINDS = ("application/activity+json", "application/ld+json", "application/json")
FRESH = 10.0  # seconds that blocks and our own names are remembered
PATIENCE = 20.0  # seconds for a body
# What still comes to an account that is closed: who leaves must be able to.
TO_CLOSED = frozenset(("Follow", "Undo", "Delete", "Block"))


class Refusal(Exception):
    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


def is_inbox(path: str) -> bool:
    return path.rstrip("/") == names.SHARED_INBOX or bool(OWN.fullmatch(path))


class Inbox:
    """One for each server process."""

    def __init__(self) -> None:
        self._beside = ThreadPoolExecutor(2, thread_name_prefix="inbox")
        self._keys = Keyring(self._in_database)
        self._intake = Intake(self._keep)
        self._addresses = Pace(settings.HUE_INBOX_AN_ADDRESS)
        self._hosts = Pace(settings.HUE_INBOX_AN_ADDRESS)
        self._rows: tuple[float, dict[str, str], frozenset[str]] = (0.0, {}, frozenset())

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            await self._take(scope, receive)
            await _answer(send, 202, "Taken.")
        except Refusal as refusal:
            await _answer(send, refusal.status, str(refusal))
        except Unreadable as why:
            await _answer(send, 400, str(why))
        except (NotSigned, Gone) as why:
            await _answer(send, 401, str(why))
        except TooMany as why:
            await _answer(send, 429, str(why))
        except DatabaseError:
            await _answer(send, 503, "The database does not answer: try again in a minute.")

    async def _take(self, scope: Any, receive: Any) -> None:
        self._require_pace(self._addresses, household(address_of(_as_django(scope))))
        state = await self._state_of(scope["path"])
        request = await _read(scope, receive)
        claim = _claimed(request)
        activity = incoming.read(request.body)
        if state == "closed" and activity.kind not in TO_CLOSED:
            raise Refusal(410, "This account is closed for ever.")
        if not same_host(claim.key_id, activity.actor):
            raise NotSigned("It is signed with the key of another server than its actor's.")
        host = host_of(activity.actor)
        if host in self._rows[2]:
            raise Refusal(403, "This server takes nothing from yours.")
        if not activity.is_for_us or await self._never_known(activity):
            return
        held = await self._signer(claim, activity)
        self._require_pace(self._hosts, host)
        await self._intake.take(Taken(held.account, held.stored, activity))
        self._keys.stored(claim.key_id)

    async def _signer(self, claim: Claim, activity: Incoming) -> Held:
        held: Held | None = await self._keys.holder(claim.key_id)
        if held is not None and not claims.holds(claim, held.key):
            held = await self._keys.renewed(claim.key_id)
        if held is None or not claims.holds(claim, held.key):
            raise NotSigned("The signature does not fit the key.")
        if held.account.uri != activity.actor:
            raise Refusal(403, "It is signed by somebody else than its actor.")
        return held

    async def _never_known(self, activity: Incoming) -> bool:
        """Servers tell everybody of every account that goes; its key is gone by then."""
        if activity.kind != "Delete":
            return False
        return not await self._in_database(lambda: queries.is_known(activity.actor))

    async def _state_of(self, path: str) -> str:
        """Of the account whose own inbox it is; "" where it is everybody's."""
        if time.monotonic() - self._rows[0] > FRESH:
            self._rows = await self._in_database(_read_rows)
        own = OWN.fullmatch(path)
        if own is None:
            return ""
        if own[1] not in self._rows[1]:
            raise Refusal(404, "There is no such account here.")
        return self._rows[1][own[1]]

    def _require_pace(self, pace: Pace, whose: str) -> None:
        if not pace.takes(whose):
            raise TooMany("That is more than we take in a minute: go on in the next.")

    def _keep(self, taken: list[Taken]) -> "asyncio.Future[None]":
        def keep() -> None:
            actions.take(by=people.system(), at=clock.real_now(), taken=taken)

        return self._in_database(keep)

    def _in_database(self, work: Callable[[], Any]) -> "asyncio.Future[Any]":
        def run() -> Any:
            close_old_connections()
            try:
                return work()
            finally:
                close_old_connections()

        return asyncio.get_running_loop().run_in_executor(self._beside, run)


def _read_rows() -> tuple[float, dict[str, str], frozenset[str]]:
    return time.monotonic(), queries.states_of_accounts(), queries.blocked_hosts()


def _as_django(scope: Any) -> ASGIRequest:
    return ASGIRequest(scope, io.BytesIO())


async def _read(scope: Any, receive: Any) -> Request:
    headers: dict[str, str] = {}
    for raw, value in scope["headers"]:
        name, told = raw.decode("latin-1").lower(), value.decode("latin-1").strip()
        headers[name] = f"{headers[name]}, {told}" if name in headers else told
    if scope["method"] != "POST":
        raise Refusal(405, "Activities are sent here by POST.")
    if headers.get("content-type", "").partition(";")[0].strip().lower() not in KINDS:
        raise Refusal(400, "Send it as application/activity+json.")
    target = scope.get("raw_path", scope["path"].encode()).decode("latin-1").partition("?")[0]
    if scope["query_string"]:
        target += f"?{scope['query_string'].decode('latin-1')}"
    try:
        async with asyncio.timeout(PATIENCE):
            return Request("POST", target, headers, await _body(headers, receive))
    except TimeoutError as late:
        raise Refusal(408, "The body did not come in time.") from late


async def _body(headers: dict[str, str], receive: Any) -> bytes:
    told, body, more = headers.get("content-length", "0"), bytearray(), True
    large = not told.isdecimal() or len(told) > 9 or int(told) > LARGEST
    while more and not large:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refusal(400, "The body did not come.")
        body += message.get("body", b"")
        more, large = message.get("more_body", False), len(body) > LARGEST
    if large:
        raise Refusal(413, f"An activity may have {LARGEST} bytes.")
    return bytes(body)


def _claimed(request: Request) -> Claim:
    if "signature" not in request.headers:
        raise NotSigned("Sign it, as draft-cavage-http-signatures-12 or RFC 9421 say.")
    if "signature-input" in request.headers:
        return messages.claimed(request, at=clock.real_now())
    return cavage.claimed(request, at=clock.real_now())


async def _answer(send: Any, status: int, words: str) -> None:
    body = words.encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
    ]
    if status in {429, 503}:
        headers.append((b"retry-after", b"60"))
    if status == 413:
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})

"""Whose key is it? Remembered in this process, then looked up in our rows, then asked elsewhere:
as seldom as can be, for whoever sends us nonsense chooses whom we ask."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from hue.fediverse import queries
from hue.fediverse.accounts import SECONDS, Account, Gone, NotTold, holder_of, signing_as
from hue.fediverse.claims import NotSigned, PublicKey, loaded
from hue.fediverse.documents import host_of
from hue.fediverse.paces import Pace
from hue.lib import fetch

REMEMBERED = 10_000
HOLDS = 3600.0  # seconds that a key is remembered
AGAIN = 300.0  # seconds until the same key is asked for again
AT_ONCE = 20  # fetches
WAITING = 200  # for one of them; whoever comes then is asked to come later
A_HOST = 60  # fetches from one server in a minute

InDatabase = Callable[[Callable[[], Any]], Awaitable[Any]]


class TooMany(Exception):
    """We ask enough already; the message says what to do."""


class Held(NamedTuple):
    account: Account
    key: PublicKey
    stored: bool  # as our rows have it


class Keyring:
    """`in_database` runs a query beside the event loop."""

    def __init__(self, in_database: InDatabase) -> None:
        self._in_database = in_database
        self._known: OrderedDict[str, tuple[float, Held]] = OrderedDict()
        self._asked: OrderedDict[str, tuple[float, str]] = OrderedDict()  # when, and what was wrong
        self._asking: dict[str, asyncio.Task[Held]] = {}
        self._places = asyncio.Semaphore(AT_ONCE)
        self._hosts = Pace(A_HOST)

    async def holder(self, key_id: str) -> Held:
        """Raises NotSigned where the key cannot be had, Gone where its holder was deleted."""
        remembered = self._known.get(key_id)
        if remembered is not None and time.monotonic() - remembered[0] < HOLDS:
            return remembered[1]
        rows = await self._in_database(lambda: queries.account_of_key(key_id))
        if rows is not None:
            return self._remember(key_id, Held(rows, loaded(rows.public_key), True))
        if trouble := self._lately(key_id):
            raise NotSigned(trouble)
        return await self._ask(key_id)

    async def renewed(self, key_id: str) -> Held | None:
        """The key as it is now, for one that does not fit any more; None when asked for lately."""
        if key_id in self._asked and self._since(key_id) < AGAIN:
            return None
        return await self._ask(key_id)

    def stored(self, key_id: str) -> None:
        """It stands in our rows now."""
        if key_id in self._known:
            when, held = self._known[key_id]
            self._known[key_id] = (when, held._replace(stored=True))

    def _lately(self, key_id: str) -> str:
        """What was wrong with it, if that was just now."""
        return (
            self._asked[key_id][1] if key_id in self._asked and self._since(key_id) < AGAIN else ""
        )

    def _since(self, key_id: str) -> float:
        return time.monotonic() - self._asked[key_id][0]

    async def _ask(self, key_id: str) -> Held:
        """However many wait for the same key, it is fetched once."""
        task = self._asking.get(key_id)
        if task is None:
            if len(self._asking) >= WAITING or not self._hosts.takes(host_of(key_id)):
                raise TooMany("Too many keys are being fetched: try again in a minute.")
            task = self._asking[key_id] = asyncio.create_task(self._fetch(key_id))
            task.add_done_callback(lambda _: self._asking.pop(key_id, None))
        return await asyncio.shield(task)

    async def _fetch(self, key_id: str) -> Held:
        try:
            signing = signing_as(await self._in_database(queries.instance_signer))
            async with (
                self._places,
                asyncio.timeout(SECONDS),
                fetch.session(limit=1, seconds=SECONDS) as session,
            ):
                account = await holder_of(session, key_id, signing)
            held = Held(account, loaded(account.public_key), False)
        except TimeoutError as late:
            self._note(key_id, f"{key_id} did not come within {SECONDS:.0f} seconds.")
            raise NotSigned(self._lately(key_id)) from late
        except (NotTold, NotSigned) as error:
            self._note(key_id, str(error))
            raise NotSigned(str(error)) from error
        except Gone as gone:
            self._note(key_id, f"{gone} was deleted.")
            raise
        self._note(key_id, "")
        return self._remember(key_id, held)

    def _note(self, key_id: str, trouble: str) -> None:
        self._asked[key_id] = (time.monotonic(), trouble)
        self._asked.move_to_end(key_id)
        if len(self._asked) > REMEMBERED:
            self._asked.popitem(last=False)

    def _remember(self, key_id: str, held: Held) -> Held:
        self._known[key_id] = (time.monotonic(), held)
        self._known.move_to_end(key_id)
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return held

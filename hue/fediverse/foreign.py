"""A public post elsewhere, as its own server tells of it: what may be passed on."""

import asyncio
import html
import re
from typing import TYPE_CHECKING, NamedTuple

import nh3

from hue.fediverse import accounts
from hue.fediverse.accounts import SECONDS, Account, Gone, NotTold, Signing
from hue.fediverse.documents import (
    Document,
    id_of,
    is_address,
    is_public,
    kind_of,
    same_host,
    text_of,
)
from hue.fediverse.names import PUBLIC
from hue.lib import fetch
from hue.lib.html import plain

if TYPE_CHECKING:
    import aiohttp

KINDS = frozenset(("Note", "Article", "Page", "Image", "Video"))
LONGEST = 20_000  # characters of its HTML
_BREAK = re.compile(r"<br[^>]*>|</p>|</li>", re.IGNORECASE)


class Foreign(NamedTuple):
    uri: str
    page: str  # for people
    author: Account
    words: str

    @property
    def by(self) -> str:
        """Not "@name@host": that reads as an e-mail address, which the guard lets out nowhere."""
        name, _, host = self.author.handle.removeprefix("@").partition("@")
        return f"@{name} on {host}" if name else self.author.uri


def fetched(address: str, signing: Signing) -> Foreign:
    """For who waits for it. Raises NotTold or Gone."""

    async def ask() -> Foreign:
        async with (
            asyncio.timeout(2 * SECONDS),
            fetch.session(limit=1, seconds=SECONDS) as session,
        ):
            return await _post(session, address, signing)

    try:
        return asyncio.run(ask())
    except TimeoutError as late:
        raise NotTold(f"{address} did not answer in time.") from late


async def _post(session: "aiohttp.ClientSession", address: str, signing: Signing) -> Foreign:
    told = await accounts.document(session, address, signing)
    if kind_of(told) == "Tombstone":
        raise Gone(address)
    _require_free(told)
    uri, author = id_of(told), id_of(told.get("attributedTo"))
    if not same_host(uri, author):
        raise NotTold("The post names no author on its own server.")
    page = text_of(told, "url")
    return Foreign(
        uri=uri,
        page=page if is_address(page) and same_host(page, uri) else uri,
        author=await accounts.account(session, author, signing),
        words=_words(text_of(told, "content")),
    )


def _require_free(told: Document) -> None:
    if kind_of(told) not in KINDS or not text_of(told, "content"):
        raise NotTold("There are no words of a post at that address.")
    if not is_public(told):
        raise NotTold("That post is not public.")
    if text_of(told, "summary") or told.get("sensitive") is True:
        raise NotTold("That post stands behind a warning: it is not for everybody.")
    policy = told.get("interactionPolicy")
    rule = policy.get("canQuote") if isinstance(policy, dict) else None
    if isinstance(rule, dict) and PUBLIC not in (rule.get("automaticApproval") or ()):
        raise NotTold("Its author does not let everybody quote it: ask them first.")


def _words(content: str) -> str:
    """Plain: what was bold, linked or ran is words, or nothing."""
    broken = _BREAK.sub("\n", content[:LONGEST])
    cleaned = nh3.clean(broken, tags=set(), clean_content_tags={"script", "style"})
    lines = (" ".join(line.split()) for line in plain(html.unescape(cleaned)).split("\n"))
    return "\n".join(line for line in lines if line)

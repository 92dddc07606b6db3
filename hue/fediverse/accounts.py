"""An account elsewhere, as its own server tells of it."""

import asyncio
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from hue.fediverse import messages
from hue.fediverse.documents import (
    LARGEST,
    Document,
    Unreadable,
    host_of,
    id_of,
    parsed,
    same_host,
    text_of,
)
from hue.fediverse.signatures import Signer, sign
from hue.lib import clock, fetch

if TYPE_CHECKING:
    import aiohttp

SECONDS = 5.0
ACCEPT = 'application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams"'
NAME = re.compile(r"[\w.-]{1,64}")
Signing = Callable[[str, bool], Mapping[str, str]]  # the headers of a GET; or by RFC 9421


class Gone(Exception):
    """Its server says that it was deleted."""


class NotTold(Exception):
    """Its server does not tell of it in a way that could be believed; the message says why."""


class Account(NamedTuple):
    uri: str
    handle: str  # "@name@host", or "" where its name is odd
    inbox: str
    shared_inbox: str
    key_id: str
    public_key: str  # PEM
    also_known_as: tuple[str, ...] = ()

    @property
    def host(self) -> str:
        return host_of(self.uri)


def signing_as(signer: Signer | None) -> Signing:
    """Some servers tell only who signs; without an account that could, we ask as anybody."""

    def headers(url: str, newer: bool) -> Mapping[str, str]:
        if signer is None:
            return {}
        kind = messages.sign if newer else sign
        return kind(signer, method="GET", url=url, at=clock.real_now())

    return headers


async def holder_of(session: "aiohttp.ClientSession", key_id: str, signing: Signing) -> Account:
    """Who holds a key: the account must name the key just as the key names the account."""
    told = await document(session, key_id.partition("#")[0], signing)
    owner = id_of(told.get("owner"))
    if owner and "inbox" not in told:
        if not same_host(owner, key_id):
            raise NotTold("The key's owner lives on another server than the key.")
        told = await document(session, owner, signing)
    return read(told, key_id)


async def account(session: "aiohttp.ClientSession", uri: str, signing: Signing) -> Account:
    return read(await document(session, uri, signing))


def fetched(uri: str, signing: Signing) -> Account:
    """For who waits for it. Raises NotTold or Gone."""

    async def ask() -> Account:
        async with (
            asyncio.timeout(SECONDS),
            fetch.session(limit=1, seconds=SECONDS) as session,
        ):
            return await account(session, uri, signing)

    try:
        return asyncio.run(ask())
    except TimeoutError as late:
        raise NotTold(f"{uri} did not answer in time.") from late


def read(told: Document, key_id: str = "") -> Account:
    """`key_id` is the one of its keys that is wanted; else the first."""
    uri, inbox = id_of(told), id_of(told.get("inbox"))
    key = _key(told, key_id)
    if not uri or not same_host(uri, inbox):
        raise NotTold("The account has no id, or no inbox on its own server.")
    if id_of(key.get("owner")) not in {"", uri} or not same_host(uri, id_of(key)):
        raise NotTold("The key does not belong to the account that names it.")
    endpoints = told.get("endpoints")
    shared = id_of(endpoints.get("sharedInbox")) if isinstance(endpoints, dict) else ""
    others = told.get("alsoKnownAs")
    known = others if isinstance(others, list) else [others]
    return Account(
        uri=uri,
        handle=_handle(told, uri),
        inbox=inbox,
        # What we say to many is sent nowhere but to who asked for it.
        shared_inbox=shared if same_host(uri, shared) else "",
        key_id=id_of(key),
        public_key=text_of(key, "publicKeyPem"),
        also_known_as=tuple(one for one in known if isinstance(one, str)),
    )


def _key(told: Document, key_id: str) -> Document:
    found = told.get("publicKey")
    for key in found if isinstance(found, list) else [found]:
        if isinstance(key, dict) and id_of(key) and key_id in {"", id_of(key)}:
            return key
    raise NotTold("The account does not name that key as its own.")


def _handle(told: Mapping[str, Any], uri: str) -> str:
    name = text_of(told, "preferredUsername")
    return f"@{name}@{host_of(uri)}" if NAME.fullmatch(name) else ""


async def document(session: "aiohttp.ClientSession", url: str, signing: Signing) -> Document:
    """Believed only where it stands under its own id, or under one of the same server."""

    try:
        for newer in (False, True):
            answer = await _asked(session, url, signing, newer)
            if answer.status not in {401, 403}:
                break
        if answer.status in {404, 410}:
            raise Gone(url)
        if answer.status != 200:
            raise NotTold(f"{url} answers {answer.status}.")
        if "json" not in answer.content_type:
            raise NotTold(f"{url} is no JSON.")
        told = parsed(answer.body)
    except (fetch.FetchFailed, Unreadable) as error:
        raise NotTold(f"{url}: {error}") from error
    if not same_host(answer.url, id_of(told)):
        raise NotTold(f"{url} tells of something that stands on another server.")
    return told


async def _asked(
    session: "aiohttp.ClientSession", url: str, signing: Signing, newer: bool
) -> fetch.Answer:
    def headers(asked: str) -> Mapping[str, str]:
        return {"Accept": ACCEPT, **signing(asked, newer)}

    return await fetch.get(session, url, largest=LARGEST, headers=headers)

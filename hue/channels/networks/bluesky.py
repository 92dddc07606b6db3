"""An account on Bluesky, or on any other server of the AT Protocol. https://atproto.com/guides/

A record's key is made from what is said, so the same attempt twice is one record.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, NamedTuple
from urllib.parse import urlencode

from hue.channels.calling import Trouble, arrived, gone_is_as_good, signed_out
from hue.channels.connector import Can, Connector
from hue.channels.counting import graphemes
from hue.channels.heard import About, Answer, Heard, Known, Numbers, one_by_one
from hue.channels.message import Door, Fact, Message, Sent
from hue.lib import clock

POSTS = "app.bsky.feed.post"
SESSION = timedelta(minutes=30)  # a session lasts two hours; few may be made a day
_LETTERS = "234567abcdefghijklmnopqrstuvwxyz"
_LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")
_TAG = re.compile(r"(?<![\w&/])#(\w{1,64})")
EXPIRED = {"ExpiredToken", "InvalidToken"}


class Session(NamedTuple):
    token: str
    did: str
    handle: str
    until: datetime


_sessions: dict[tuple[str, str, str], Session] = {}


class Bluesky(Connector):
    slug: ClassVar = "bluesky"
    name: ClassVar = "Bluesky"
    home: ClassVar = "https://bsky.social"
    secrets: ClassVar[dict[str, str]] = {"handle": "Handle", "password": "App password"}
    can: ClassVar = Can(
        length=300,
        counts=graphemes,
        pictures=4,
        picture_bytes=976_000,
        alt=2000,
        threads=True,
        reply=True,
        receive=True,
        asked=True,
        repeats=True,
        proved=True,
    )

    def who(self, door: Door) -> Fact:
        _sessions.pop(_key(door), None)
        session = _session(door)
        return Fact(f"@{session.handle}", f"https://bsky.app/profile/{session.handle}")

    def send(self, door: Door, message: Message) -> Sent:
        there = list(message.there)
        root = message.reply_to[:1]
        for number in range(len(there), len(message.parts)):
            with arrived(there):
                before = there[-1:] or message.reply_to[-1:]
                record = _record(message, number, [*(root or there[:1]), *before])
                if number == 0 and message.pictures:
                    record["embed"] = self._pictures(door, message)
                told = {"rkey": _rkey(message, number), "record": record}
                said = _write(door, "com.atproto.repo.putRecord", told)
            there.append(f"{said['uri']} {said['cid']}")
        return Sent(tuple(there), _page(door, there[0]))

    def find(self, door: Door, message: Message) -> Sent | None:
        """Part for part, until one is missing. A thread that is not whole is sent again: nothing
        doubles."""
        there: list[str] = []
        while found := self._get(door, _rkey(message, len(there))):
            there.append(f"{found['uri']} {found['cid']}")
        if not there or len(there) < len(message.parts):
            return None
        return Sent(tuple(there), _page(door, there[0]))

    def withdraw(self, door: Door, message: Message) -> None:
        for reference in reversed(message.there):
            rkey = _split(reference)["uri"].rsplit("/", 1)[-1]
            with gone_is_as_good():
                _write(door, "com.atproto.repo.deleteRecord", {"rkey": rkey})

    def receive(self, door: Door, known: Sequence[Known], cursor: str) -> Heard:
        return one_by_one(door, known, lambda one: _about(door, one))

    def followers(self, door: Door) -> int | None:
        asked = urlencode({"actor": _session(door).did})
        return int(_call(door, "GET", f"app.bsky.actor.getProfile?{asked}")["followersCount"])

    def reads(self, status: int, said: Any) -> Trouble | None:
        fault = said.get("error") if isinstance(said, dict) else ""
        if fault in EXPIRED:
            return Expired("The session on Bluesky is over.", again=1.0)
        if fault in {"AccountTakedown", "AccountDeactivated"}:
            return Trouble(f"Bluesky has closed the account to us ({fault}): ask them.", final=True)
        if fault in {"RecordNotFound", "NotFound"}:
            return Trouble("Bluesky has no such record.", final=True, gone=True)
        return signed_out(self.name) if fault == "AuthenticationRequired" else None

    def _get(self, door: Door, rkey: str) -> Any:
        asked = {"repo": _session(door).did, "collection": POSTS, "rkey": rkey}
        try:
            return _call(door, "GET", f"com.atproto.repo.getRecord?{urlencode(asked)}")
        except Trouble as trouble:
            if trouble.gone:
                return None
            raise

    def _pictures(self, door: Door, message: Message) -> dict[str, Any]:
        images = [
            {
                "alt": picture.alt,
                "aspectRatio": {"width": picture.width, "height": picture.height},
                "image": _call(
                    door,
                    "POST",
                    "com.atproto.repo.uploadBlob",
                    body=picture.content,
                    Content_Type="image/jpeg",
                )["blob"],
            }
            for picture in message.pictures
        ]
        return {"$type": "app.bsky.embed.images", "images": images}


class Expired(Trouble):
    """The session, not the key to it."""


def _about(door: Door, known: Known) -> About:
    """https://docs.bsky.app/docs/api/app-bsky-feed-get-post-thread"""
    asked = {"uri": _split(known.references[0])["uri"], "depth": "20", "parentHeight": "0"}
    told = _call(door, "GET", f"app.bsky.feed.getPostThread?{urlencode(asked)}")["thread"]
    did = _session(door).did
    answers = tuple(_answer(one) for one in _below(told) if one["author"]["did"] != did)
    post = told["post"]
    shares = post.get("repostCount", 0) + post.get("quoteCount", 0)
    numbers = Numbers(post.get("likeCount", 0), shares, post.get("replyCount", 0))
    return About(answers, numbers, whole=True)


def _below(thread: dict[str, Any]) -> Iterator[Any]:
    """Of what was deleted or blocked only a mark stands there."""
    for one in thread.get("replies", ()):
        if "post" in one:
            yield one["post"]
            yield from _below(one)


def _answer(post: dict[str, Any]) -> Answer:
    handle, rkey = post["author"]["handle"], post["uri"].rsplit("/", 1)[-1]
    return Answer(
        address=str(post["uri"]),
        words=str(post["record"].get("text", "")),
        who=f"@{handle}",
        # What whoever wrote it says of the time may be anything.
        at=datetime.fromisoformat(post["indexedAt"]),
        link=f"https://bsky.app/profile/{handle}/post/{rkey}",
    )


def _record(message: Message, number: int, above: list[str]) -> dict[str, Any]:
    text = message.parts[number]
    record: dict[str, Any] = {
        "$type": POSTS,
        "text": text,
        "createdAt": message.at.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z",
        "langs": ["en"],
        "facets": _facets(text),
    }
    if above:
        record["reply"] = {"root": _split(above[0]), "parent": _split(above[-1])}
    return record


def _facets(text: str) -> list[dict[str, Any]]:
    """Links and hashtags by their place in bytes. https://docs.bsky.app/docs/advanced-guides/post-richtext"""
    found = [(match, {"$type": _facet("link"), "uri": match[0]}) for match in _LINK.finditer(text)]
    found += [(match, {"$type": _facet("tag"), "tag": match[1]}) for match in _TAG.finditer(text)]
    return [
        {
            "index": {
                "byteStart": len(text[: match.start()].encode()),
                "byteEnd": len(text[: match.end()].encode()),
            },
            "features": [feature],
        }
        for match, feature in found
    ]


def _facet(kind: str) -> str:
    return f"app.bsky.richtext.facet#{kind}"


def _rkey(message: Message, number: int) -> str:
    """A TID in the second of the post, told apart by what is said and which part it is."""
    digest = hashlib.sha256(message.key.encode()).digest()
    within = int.from_bytes(digest[:4], "big") % 900_000 + number
    micros = int(message.at.timestamp()) * 1_000_000 + within
    value = micros << 10 | int.from_bytes(digest[4:6], "big") & 1023
    return "".join(_LETTERS[value >> shift & 31] for shift in range(60, -1, -5))


def _split(reference: str) -> dict[str, str]:
    uri, _, cid = reference.partition(" ")
    return {"uri": uri, "cid": cid}


def _page(door: Door, reference: str) -> str:
    rkey = _split(reference)["uri"].rsplit("/", 1)[-1]
    return f"https://bsky.app/profile/{_session(door).handle}/post/{rkey}"


def _write(door: Door, method: str, told: dict[str, Any]) -> Any:
    body = {"repo": _session(door).did, "collection": POSTS, **told}
    return _call(door, "POST", method, json_=body)


def _call(door: Door, verb: str, method: str, **more: Any) -> Any:
    """Once more with a new session where the old one is over."""
    address = f"{door.address.rstrip('/')}/xrpc/{method}"
    try:
        return door.line.call(verb, address, **more, Authorization=_bearer(door))
    except Expired:
        _sessions.pop(_key(door), None)
        return door.line.call(verb, address, **more, Authorization=_bearer(door))


def _bearer(door: Door) -> str:
    return f"Bearer {_session(door).token}"


def _session(door: Door) -> Session:
    known = _sessions.get(_key(door))
    if known is not None and known.until > clock.real_now():
        return known
    told = door.line.call(
        "POST",
        f"{door.address.rstrip('/')}/xrpc/com.atproto.server.createSession",
        json_={"identifier": door.secrets["handle"], "password": door.secrets["password"]},
    )
    session = Session(told["accessJwt"], told["did"], told["handle"], clock.real_now() + SESSION)
    _sessions[_key(door)] = session
    return session


def _key(door: Door) -> tuple[str, str, str]:
    digest = hashlib.sha256(door.secrets["password"].encode()).hexdigest()
    return door.address, door.secrets["handle"], digest

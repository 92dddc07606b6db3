"""An account on X. Each post costs, and after a time-out nobody can be asked: a person decides.

https://docs.x.com/x-api/posts/create-post, signed as RFC 5849 (OAuth 1.0a): its keys do not end.
"""

import base64
import hashlib
import hmac
import secrets
from decimal import Decimal
from typing import Any, ClassVar
from urllib.parse import quote

from hue.channels.calling import Trouble, arrived, gone_is_as_good, multipart
from hue.channels.connector import Can, Connector
from hue.channels.counting import weighted
from hue.channels.message import Door, Fact, Image, Message, Sent
from hue.lib import clock


class X(Connector):
    slug: ClassVar = "x"
    name: ClassVar = "X"
    home: ClassVar = "https://api.x.com"
    secrets: ClassVar[dict[str, str]] = {
        "consumer_key": "API key",
        "consumer_secret": "API key secret",
        "token": "Access token",
        "token_secret": "Access token secret",
    }
    can: ClassVar = Can(
        length=280,
        counts=weighted,
        pictures=4,
        threads=True,
        reply=True,
        cost=Decimal("0.01"),
    )

    def who(self, door: Door) -> Fact:
        name = self._call(door, "GET", "/2/users/me")["data"]["username"]
        return Fact(f"@{name}", f"https://x.com/{name}")

    def send(self, door: Door, message: Message) -> Sent:
        there = list(message.there)
        for number in range(len(there), len(message.parts)):
            with arrived(there):
                told: dict[str, Any] = {"text": message.parts[number]}
                if before := there[-1:] or message.reply_to[-1:]:
                    told["reply"] = {"in_reply_to_tweet_id": before[0]}
                if number == 0 and message.pictures:
                    ids = [self._upload(door, picture) for picture in message.pictures]
                    told["media"] = {"media_ids": ids}
                said = self._call(door, "POST", "/2/tweets", json_=told)
            there.append(str(said["data"]["id"]))
        return Sent(
            tuple(there), f"https://x.com/{door.handle.removeprefix('@')}/status/{there[0]}"
        )

    def withdraw(self, door: Door, message: Message) -> None:
        for reference in reversed(message.there):
            with gone_is_as_good():
                self._call(door, "DELETE", f"/2/tweets/{reference}")

    def reads(self, status: int, said: Any) -> Trouble | None:
        words = str(said.get("detail", "")) if isinstance(said, dict) else ""
        if status == 403 and "duplicate" in words:
            return Trouble("X says that it has these words already.", unsure=True)
        if status == 402:
            return Trouble(
                "X wants to be paid first: add credits there, then send it again.", final=True
            )
        return None

    def _upload(self, door: Door, picture: Image) -> str:
        """A picture alone is seen by nobody: if it is lost, it is sent again."""
        body, kind = multipart({"media_category": "tweet_image"}, "media", picture.content)
        try:
            told = self._call(door, "POST", "/2/media/upload", body=body, Content_Type=kind)
            id_ = str(told["data"]["id"])
            alt = {"id": id_, "metadata": {"alt_text": {"text": picture.alt}}}
            self._call(door, "POST", "/2/media/metadata", json_=alt)
        except Trouble as trouble:
            trouble.unsure = False
            raise
        return id_

    def _call(self, door: Door, method: str, path: str, **more: Any) -> Any:
        address = f"{door.address.rstrip('/')}{path}"
        signed = _signed(method, address, door.secrets)
        return door.line.call(method, address, Authorization=signed, **more)


def _signed(method: str, address: str, keys: dict[str, str]) -> str:
    """The Authorization header. JSON and multipart bodies are not part of what is signed."""
    told = {
        "oauth_consumer_key": keys["consumer_key"],
        "oauth_nonce": secrets.token_hex(16),
        "oauth_signature_method": "HMAC-SHA1",
        "oauth_timestamp": str(int(clock.real_now().timestamp())),
        "oauth_token": keys["token"],
        "oauth_version": "1.0",
    }
    listed = "&".join(f"{name}={_quoted(told[name])}" for name in sorted(told))
    signed = "&".join(map(_quoted, (method, address, listed))).encode()
    key = f"{_quoted(keys['consumer_secret'])}&{_quoted(keys['token_secret'])}".encode()
    digest = hmac.new(key, signed, hashlib.sha1).digest()
    told["oauth_signature"] = base64.b64encode(digest).decode()
    return "OAuth " + ", ".join(f'{name}="{_quoted(value)}"' for name, value in told.items())


def _quoted(text: str) -> str:
    return quote(text, safe="-._~")

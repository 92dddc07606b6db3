"""Anybody's own server: JSON signed with our key, once for each thing that happens to a post."""

import json
from typing import Any, ClassVar

from hue.channels.connector import Can, Connector
from hue.channels.counting import characters
from hue.channels.message import Door, Fact, Message, Sent
from hue.lib import signing


class Webhook(Connector):
    slug: ClassVar = "webhook"
    name: ClassVar = "Webhook"
    home: ClassVar = ""
    secrets: ClassVar[dict[str, str]] = {}
    can: ClassVar = Can(
        length=100_000,
        counts=characters,
        tail=False,
        pictures=20,
        edit=True,
        reply=True,
        repeats=True,  # the receiver knows the key
        proved=True,  # the format is our own
    )

    def who(self, door: Door) -> Fact:
        self._tell(door, {"type": "hello"}, key="hello")
        return Fact(door.handle)

    def send(self, door: Door, message: Message) -> Sent:
        self._tell(door, self._post("published", message), key=message.key)
        return Sent((message.link,))

    def edit(self, door: Door, message: Message) -> Sent:
        self._tell(door, self._post("corrected", message), key=message.key)
        return Sent((message.link,))

    def withdraw(self, door: Door, message: Message) -> None:
        told = {"type": "withdrawn", "url": message.link}
        self._tell(door, told, key=f"{message.key}-withdrawn")

    def _post(self, kind: str, message: Message) -> dict[str, Any]:
        return {
            "type": kind,
            "url": message.link,
            "version": message.version,
            "text": message.text,
            "hashtag": message.hashtag,
            "published": message.at.isoformat(),
            "in_reply_to": message.reply_to[0] if message.reply_to else None,
            "pictures": [{"url": p.url, "alt": p.alt} for p in message.pictures],
        }

    def _tell(self, door: Door, told: dict[str, Any], *, key: str) -> None:
        body = json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
        door.line.call(
            "POST",
            door.address,
            body=body,
            Content_Type="application/json",
            Idempotency_Key=key,
            Hue_Signature=signing.sign(body),
        )

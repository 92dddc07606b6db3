"""An account on Threads: a container first, then it is published.

https://developers.facebook.com/docs/threads/posts
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from hue.channels.calling import Trouble, gone_is_as_good
from hue.channels.connector import Can, Connector
from hue.channels.counting import emoji_as_bytes
from hue.channels.heard import About, Answer, Heard, Known, Numbers, one_by_one
from hue.channels.message import Door, Fact, Message, Sent
from hue.channels.meta import LongKeys, call, container, refusal

VERSION = "v1.0"
LOOK_BACK = 25
MOST = 100  # answers that one call tells of


class Threads(Connector):
    slug: ClassVar = "threads"
    name: ClassVar = "Threads"
    home: ClassVar = "https://graph.threads.net"
    secrets: ClassVar[dict[str, str]] = {"token": "Access token"}
    # https://developers.facebook.com/docs/threads/get-started/get-access-tokens-and-permissions
    entrance: ClassVar = LongKeys(
        authorize="https://threads.net/oauth/authorize",
        keys_at="https://graph.threads.net/oauth/access_token",
        scopes="threads_basic,threads_content_publish,threads_delete,threads_manage_replies,"
        "threads_read_replies,threads_manage_insights",
        kind="th",
        graph="https://graph.threads.net/",
    )
    can: ClassVar = Can(
        length=500,
        counts=emoji_as_bytes,
        pictures=1,
        reply=True,
        receive=True,
        asked=True,
    )

    def who(self, door: Door) -> Fact:
        name = self._call(door, "GET", "me?fields=username")["username"]
        return Fact(f"@{name}", f"https://www.threads.net/@{name}")

    def send(self, door: Door, message: Message) -> Sent:
        made = self._container(door, message)
        said = self._call(door, "POST", "me/threads_publish", creation_id=made)
        return Sent((str(said["id"]),), f"https://www.threads.net/{door.handle}")

    def find(self, door: Door, message: Message) -> Sent | None:
        """By our own link and the words."""
        path = f"me/threads?fields=id,text,permalink&limit={LOOK_BACK}"
        for one in self._call(door, "GET", path)["data"]:
            if message.is_in(one.get("text", "")):
                return Sent((str(one["id"]),), str(one.get("permalink", "")))
        return None

    def withdraw(self, door: Door, message: Message) -> None:
        for reference in reversed(message.there):
            with gone_is_as_good():
                self._call(door, "DELETE", reference)

    def receive(self, door: Door, known: Sequence[Known], cursor: str) -> Heard:
        return one_by_one(door, known, lambda one: self._about(door, one))

    def followers(self, door: Door) -> int | None:
        told = self._call(door, "GET", "me/threads_insights?metric=followers_count")
        return int(told["data"][0]["total_value"]["value"])

    def _about(self, door: Door, known: Known) -> About:
        """https://developers.facebook.com/docs/threads/reply-management and …/insights"""
        asked = f"conversation?fields=id,text,username,timestamp,permalink&limit={MOST}"
        told = self._call(door, "GET", f"{known.references[0]}/{asked}")["data"]
        theirs = [one for one in told if f"@{one['username']}" != door.handle]
        metrics = f"{known.references[0]}/insights?metric=views,likes,replies,reposts,quotes"
        numbers = _numbers(self._call(door, "GET", metrics)["data"])
        return About(tuple(map(_answer, theirs)), numbers, whole=len(told) < MOST)

    def reads(self, status: int, said: Any) -> Trouble | None:
        return refusal(self.name, said)

    def _container(self, door: Door, message: Message) -> str:
        told = {"media_type": "TEXT", "text": message.parts[0]}
        if message.pictures:
            picture = message.pictures[0]
            told |= {"media_type": "IMAGE", "image_url": picture.url, "alt_text": picture.alt}
        if before := message.reply_to[-1:]:
            told["reply_to_id"] = before[0]
        return container(door, VERSION, "me/threads", **told)

    def _call(self, door: Door, method: str, path: str, **told: str) -> Any:
        return call(door, VERSION, method, path, **told)


def _answer(told: dict[str, Any]) -> Answer:
    return Answer(
        address=str(told["id"]),
        words=str(told.get("text", "")),
        who=f"@{told['username']}",
        at=datetime.fromisoformat(told["timestamp"]),
        link=str(told.get("permalink", "")),
    )


def _numbers(told: list[Any]) -> Numbers:
    found = {one["name"]: int(one["values"][0]["value"]) for one in told}
    shares = found["reposts"] + found["quotes"]
    return Numbers(found["likes"], shares, found["replies"], found["views"])

"""An account on X. Each post costs, and after a time-out nobody can be asked: a person decides.

https://docs.x.com/x-api/posts/create-post. Keys that are pasted sign as RFC 5849 (OAuth 1.0a) says
and do not end; those of somebody who signed in end after two hours, and are renewed.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar
from urllib.parse import urlencode

from hue.channels import oauth1
from hue.channels.calling import Trouble, arrived, gone_is_as_good, multipart
from hue.channels.connector import Can, Connector
from hue.channels.counting import weighted
from hue.channels.entrance import Entrance
from hue.channels.heard import About, Answer, Heard, Known, Numbers
from hue.channels.message import Door, Fact, Image, Message, Sent

MOST = 100  # posts that one call tells of


class X(Connector):
    slug: ClassVar = "x"
    name: ClassVar = "X"
    home: ClassVar = "https://api.x.com"
    secrets: ClassVar[dict[str, str]] = oauth1.KEYS
    # https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code
    entrance: ClassVar = Entrance(
        authorize="https://x.com/i/oauth2/authorize",
        keys_at="https://api.x.com/2/oauth2/token",
        scopes="tweet.read tweet.write users.read media.write offline.access",
        basic=True,
    )
    can: ClassVar = Can(
        length=280,
        counts=weighted,
        pictures=4,
        threads=True,
        reply=True,
        receive=True,
        stream=True,
        cost=Decimal("0.01"),
        read_cost=Decimal("0.005"),
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

    def receive(self, door: Door, known: Sequence[Known], cursor: str) -> Heard:
        """Two calls, of which each post costs: how ours do, with the answers that we have, as far
        as they still stand; and what is new."""
        due = [one for one in known if one.due]
        ids = [one.references[0] for one in due] + [a for one in due for a in one.answers]
        stand = self._looked_up(door, ids[:MOST])
        new, last, read = self._found(door, cursor)
        about = {}
        for number, one in enumerate(known):
            first, gone = one.references[0], frozenset[str]()
            if one.due:
                gone = frozenset(one.answers).intersection(ids[:MOST]) - stand.keys()
            there = not one.due or first in stand
            numbers = _numbers(stand[first]) if one.due and there else None
            about[number] = About(tuple(new.get(first, ())), numbers, gone=gone, there=there)
        return Heard(about, last, read + len(stand))

    def followers(self, door: Door) -> int | None:
        told = self._call(door, "GET", "/2/users/me?user.fields=public_metrics")
        return int(told["data"]["public_metrics"]["followers_count"])

    def _looked_up(self, door: Door, ids: list[str]) -> dict[str, Any]:
        """https://docs.x.com/x-api/posts/get-posts-by-ids: what is gone is not among them."""
        asked = urlencode({"ids": ",".join(ids), "tweet.fields": "public_metrics"})
        told = self._call(door, "GET", f"/2/tweets?{asked}").get("data", [])
        return {str(one["id"]): one for one in told}

    def _found(self, door: Door, cursor: str) -> tuple[dict[str, list[Answer]], str, int]:
        """By the first post of their thread. https://docs.x.com/x-api/posts/search-recent-posts"""
        asked = {
            "query": f"to:{door.handle.removeprefix('@')} is:reply",
            "max_results": str(MOST),
            "tweet.fields": "author_id,conversation_id,created_at",
            "expansions": "author_id",
            "user.fields": "username",
        }
        if cursor:
            asked["since_id"] = cursor
        told = self._search(door, asked)
        names = {one["id"]: one["username"] for one in told.get("includes", {}).get("users", [])}
        found: dict[str, list[Answer]] = {}
        for one in told.get("data", []):
            found.setdefault(str(one["conversation_id"]), []).append(_answer(one, names))
        last = str(told.get("meta", {}).get("newest_id") or cursor)
        return found, last, len(told.get("data", []))

    def _search(self, door: Door, asked: dict[str, str]) -> Any:
        """Of the last seven days: what was seen before them is no beginning any more."""
        try:
            return self._call(door, "GET", f"/2/tweets/search/recent?{urlencode(asked)}")
        except Trouble as trouble:
            if not trouble.gone or not asked.pop("since_id", ""):
                raise
        return self._call(door, "GET", f"/2/tweets/search/recent?{urlencode(asked)}")

    def reads(self, status: int, said: Any) -> Trouble | None:
        words = str(said.get("detail", "")) if isinstance(said, dict) else ""
        if status == 403 and "duplicate" in words:
            return Trouble("X says that it has these words already.", unsure=True)
        if status == 400 and "since_id" in str(said):
            return Trouble("X: that is too long ago.", final=True, gone=True)
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
        by_app = "client_id" in door.secrets
        signed = _bearer(door) if by_app else oauth1.signed(method, address, door.secrets)
        return door.line.call(method, address, Authorization=signed, **more)


def _numbers(told: dict[str, Any]) -> Numbers:
    of = told["public_metrics"]
    shares = of["retweet_count"] + of.get("quote_count", 0)
    return Numbers(of["like_count"], shares, of["reply_count"], of.get("impression_count"))


def _answer(told: dict[str, Any], names: dict[str, str]) -> Answer:
    name = names.get(told["author_id"], "")
    link = f"https://x.com/{name}/status/{told['id']}" if name else ""
    at = datetime.fromisoformat(told["created_at"])
    return Answer(str(told["id"]), str(told["text"]), f"@{name}", at, link)


def _bearer(door: Door) -> str:
    return f"Bearer {door.secrets['token']}"

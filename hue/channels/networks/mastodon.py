"""An account on a Mastodon server, or one that speaks its API (Pleroma, GoToSocial, Friendica).

https://docs.joinmastodon.org/methods/statuses/
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings

from hue.channels.calling import Line, Trouble, arrived, gone_is_as_good, multipart
from hue.channels.connector import Can, Connector
from hue.channels.counting import with_short_links
from hue.channels.entrance import Entrance
from hue.channels.heard import About, Answer, Heard, Known, Numbers, one_by_one
from hue.channels.message import Door, Fact, Image, Message, Sent
from hue.lib.html import words_of

SCOPES = ("read:accounts", "read:statuses", "write:statuses", "write:media")
LOOK_BACK = 40  # statuses: the most that one page of an account's has


@dataclass(frozen=True)
class OwnServer(Entrance):
    """Each server gets to know our software anew. https://docs.joinmastodon.org/methods/apps/"""

    def app(self, line: Line, address: str, back: str) -> dict[str, str]:
        told = {
            "client_name": "Hue & Cry",
            "redirect_uris": back,
            "scopes": self.scopes,
            "website": settings.HUE_SITE,
        }
        said = line.call("POST", f"{address.rstrip('/')}/api/v1/apps", form=told)
        return {name: str(said[name]) for name in ("client_id", "client_secret")}


class Mastodon(Connector):
    slug: ClassVar = "mastodon"
    name: ClassVar = "Mastodon"
    home: ClassVar = ""
    secrets: ClassVar[dict[str, str]] = {"token": "Access token"}
    entrance: ClassVar = OwnServer(
        authorize="/oauth/authorize",
        keys_at="/oauth/token",
        scopes=" ".join(SCOPES),
        given={},
    )
    can: ClassVar = Can(
        length=500,
        counts=with_short_links,
        pictures=4,
        picture_bytes=16_000_000,
        alt=1500,
        edit=True,
        threads=True,
        reply=True,
        receive=True,
        asked=True,
        repeats=True,  # within the hour; it is asked first
    )

    def who(self, door: Door) -> Fact:
        told = self._call(door, "GET", "/api/v1/accounts/verify_credentials")
        return Fact(f"@{told['acct']}", str(told.get("url", "")))

    def send(self, door: Door, message: Message) -> Sent:
        there, link = list(message.there), ""
        for number in range(len(there), len(message.parts)):
            with arrived(there):
                told = self._call(
                    door,
                    "POST",
                    "/api/v1/statuses",
                    json_=self._status(door, message, number, there),
                    Idempotency_Key=f"{message.key}-{number}",
                )
            there.append(str(told["id"]))
            link = link or str(told.get("url", ""))
        return Sent(tuple(there), link)

    def find(self, door: Door, message: Message) -> Sent | None:
        """By our own link, which stands in the last part; the others are those it answers."""
        me = self._call(door, "GET", "/api/v1/accounts/verify_credentials")["id"]
        path = f"/api/v1/accounts/{me}/statuses?limit={LOOK_BACK}&exclude_reblogs=true"
        known = {str(one["id"]): one for one in self._call(door, "GET", path)}
        last = next((one for one in known.values() if message.link in one["content"]), None)
        if last is None:
            return None
        found = [last]
        while len(found) < len(message.parts):
            found.insert(0, known[str(found[0]["in_reply_to_id"])])
        return Sent(tuple(str(one["id"]) for one in found), str(found[0].get("url", "")))

    def edit(self, door: Door, message: Message) -> Sent:
        """Each part that is there; parts that are too many go, parts that lack are sent."""
        kept = message.there[: len(message.parts)]
        for number, reference in enumerate(kept):
            told = self._status(door, message, number, list(kept))
            self._call(door, "PUT", f"/api/v1/statuses/{reference}", json_=told)
        self.withdraw(door, replace(message, there=message.there[len(kept) :]))
        return self.send(door, replace(message, there=kept))

    def withdraw(self, door: Door, message: Message) -> None:
        for reference in reversed(message.there):
            with gone_is_as_good():
                self._call(door, "DELETE", f"/api/v1/statuses/{reference}")

    def receive(self, door: Door, known: Sequence[Known], cursor: str) -> Heard:
        return one_by_one(door, known, lambda one: self._about(door, one))

    def followers(self, door: Door) -> int | None:
        told = self._call(door, "GET", "/api/v1/accounts/verify_credentials")
        return int(told["followers_count"])

    def _about(self, door: Door, known: Known) -> About:
        """https://docs.joinmastodon.org/methods/statuses/#context: all of them, or up to 4096."""
        path = f"/api/v1/statuses/{known.references[0]}"
        ours = self._call(door, "GET", path)
        told = self._call(door, "GET", f"{path}/context")["descendants"]
        theirs = [one for one in told if one["account"]["id"] != ours["account"]["id"]]
        answers = [_answer(one) for one in theirs if one["visibility"] in {"public", "unlisted"}]
        numbers = Numbers(ours["favourites_count"], ours["reblogs_count"], ours["replies_count"])
        return About(tuple(answers), numbers, whole=True)

    def _status(self, door: Door, message: Message, number: int, there: list[str]) -> Any:
        before = there[number - 1 : number] if number else message.reply_to[-1:]
        pictures = message.pictures if number == 0 else ()
        return {
            "status": message.parts[number],
            "visibility": "public",
            "language": "en",
            "in_reply_to_id": before[0] if before else None,
            "media_ids": [self._upload(door, picture) for picture in pictures],
        }

    def _upload(self, door: Door, picture: Image) -> str:
        """https://docs.joinmastodon.org/methods/media/#v2"""
        body, kind = multipart({"description": picture.alt}, "file", picture.content)
        told = self._call(door, "POST", "/api/v2/media", body=body, Content_Type=kind)
        if not told.get("url"):
            raise Trouble("Mastodon is still working on the picture.", again=5.0)
        return str(told["id"])

    def _call(self, door: Door, method: str, path: str, **more: Any) -> Any:
        address = f"{door.address.rstrip('/')}{path}"
        key = f"Bearer {door.secrets['token']}"
        return door.line.call(method, address, Authorization=key, **more)


def _answer(told: dict[str, Any]) -> Answer:
    return Answer(
        address=str(told["id"]),  # of that server: it names nobody
        words=words_of(told["content"]),
        who=f"@{told['account']['acct']}",
        at=datetime.fromisoformat(told["created_at"]),
        link=str(told.get("url") or ""),
    )

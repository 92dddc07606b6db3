"""An account on Instagram: nothing without a picture, nothing taken back from outside.

https://developers.facebook.com/docs/instagram-platform/content-publishing
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from hue.channels.calling import Trouble
from hue.channels.connector import Can, Connector
from hue.channels.counting import characters
from hue.channels.heard import About, Answer, Heard, Known, Numbers, one_by_one
from hue.channels.message import Door, Fact, Message, Sent
from hue.channels.meta import LongKeys, call, container, refusal

VERSION = "v23.0"
LOOK_BACK = 25
MOST = 50  # comments that one call tells of
# https://developers.facebook.com/docs/instagram-platform/comment-moderation
COMMENTS = f"comments.limit({MOST}){{id,text,username,timestamp}}"


class Instagram(Connector):
    slug: ClassVar = "instagram"
    name: ClassVar = "Instagram"
    home: ClassVar = "https://graph.instagram.com"
    secrets: ClassVar[dict[str, str]] = {"token": "Access token"}
    # https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login
    entrance: ClassVar = LongKeys(
        authorize="https://www.instagram.com/oauth/authorize",
        keys_at="https://api.instagram.com/oauth/access_token",
        scopes="instagram_business_basic,instagram_business_content_publish,"
        "instagram_business_manage_comments",
        kind="ig",
        graph="https://graph.instagram.com/",
    )
    can: ClassVar = Can(
        length=2200,
        counts=characters,
        pictures=1,
        needs_picture=True,
        ratio=(4 / 5, 1.91),
        delete=False,
        receive=True,
        asked=True,
    )

    def who(self, door: Door) -> Fact:
        name = self._call(door, "GET", "me?fields=username")["username"]
        return Fact(f"@{name}", f"https://www.instagram.com/{name}/")

    def send(self, door: Door, message: Message) -> Sent:
        made = self._container(door, message)
        if self._call(door, "GET", f"{made}?fields=status_code")["status_code"] != "FINISHED":
            raise Trouble("Instagram is still working on the picture.", again=20.0)
        said = self._call(door, "POST", "me/media_publish", creation_id=made)
        return Sent((str(said["id"]),), f"https://www.instagram.com/{door.handle.lstrip('@')}/")

    def find(self, door: Door, message: Message) -> Sent | None:
        path = f"me/media?fields=id,caption,permalink&limit={LOOK_BACK}"
        for one in self._call(door, "GET", path)["data"]:
            if message.is_in(one.get("caption", "")):
                return Sent((str(one["id"]),), str(one.get("permalink", "")))
        return None

    def withdraw(self, door: Door, message: Message) -> None:
        raise Trouble("Instagram lets nobody delete from outside.", final=True)

    def receive(self, door: Door, known: Sequence[Known], cursor: str) -> Heard:
        return one_by_one(door, known, lambda one: self._about(door, one))

    def followers(self, door: Door) -> int | None:
        return int(self._call(door, "GET", "me?fields=followers_count")["followers_count"])

    def _about(self, door: Door, known: Known) -> About:
        """Comments, not what is answered to them."""
        path = f"{known.references[0]}?fields=like_count,comments_count,{COMMENTS}"
        told = self._call(door, "GET", path)
        comments = told.get("comments", {}).get("data", [])
        theirs = [one for one in comments if f"@{one['username']}" != door.handle]
        numbers = Numbers(likes=told.get("like_count", 0), replies=told["comments_count"])
        return About(tuple(map(_answer, theirs)), numbers, whole=len(comments) < MOST)

    def reads(self, status: int, said: Any) -> Trouble | None:
        return refusal(self.name, said)

    def _container(self, door: Door, message: Message) -> str:
        picture = message.pictures[0]
        told = {"image_url": picture.url, "caption": message.parts[0], "alt_text": picture.alt}
        return container(door, VERSION, "me/media", **told)

    def _call(self, door: Door, method: str, path: str, **told: str) -> Any:
        return call(door, VERSION, method, path, **told)


def _answer(comment: dict[str, Any]) -> Answer:
    at = datetime.fromisoformat(comment["timestamp"])
    return Answer(str(comment["id"]), str(comment["text"]), f"@{comment['username']}", at)

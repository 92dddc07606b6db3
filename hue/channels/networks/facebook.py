"""A page on Facebook. https://developers.facebook.com/docs/pages-api/posts"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import urljoin

from hue.channels.calling import Line, Trouble, gone_is_as_good, multipart
from hue.channels.connector import Can, Connector
from hue.channels.counting import characters
from hue.channels.entrance import APP, Entrance, Granted, granted
from hue.channels.heard import About, Answer, Heard, Known, Numbers, one_by_one
from hue.channels.message import Door, Fact, Message, Sent
from hue.channels.meta import refusal

VERSION = "v23.0"
LOOK_BACK = 25
MOST = 100  # comments that one call tells of
_COMMENTS = f"comments.filter(stream).order(reverse_chronological).limit({MOST}).summary(true)"
# https://developers.facebook.com/docs/graph-api/reference/page-post
ABOUT = (
    "shares,reactions.limit(0).summary(total_count),"
    f"{_COMMENTS}{{id,message,from,created_time,permalink_url}}"
)


@dataclass(frozen=True)
class PageKeys(Entrance):
    """A person's key for an hour becomes one for two months, and that one the page's, which does
    not end. https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived
    """

    def redeem(self, line: Line, where: str, keys: Mapping[str, str], **told: str) -> Granted:
        short = self.call(line, where, keys, "authorization_code", told)["access_token"]
        asked = {"fb_exchange_token": str(short)}
        long = self.call(line, where, keys, "fb_exchange_token", asked)["access_token"]
        address = f"{urljoin(where, f'/{VERSION}/me/accounts')}?fields=id,access_token"
        pages = line.call("GET", address, Authorization=f"Bearer {long}")["data"]
        mine = next((one for one in pages if str(one["id"]) == keys["page"]), None)
        if mine is None:
            says = "Whoever signed in does not manage that page: look its id up, or ask who does."
            raise Trouble(says, final=True)
        return granted(keys, mine)


class Facebook(Connector):
    slug: ClassVar = "facebook"
    name: ClassVar = "Facebook"
    home: ClassVar = "https://graph.facebook.com"
    secrets: ClassVar[dict[str, str]] = {"page": "Id of the page", "token": "Page access token"}
    # https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow
    entrance: ClassVar = PageKeys(
        authorize=f"https://www.facebook.com/{VERSION}/dialog/oauth",
        keys_at=f"https://graph.facebook.com/{VERSION}/oauth/access_token",
        scopes="pages_show_list,pages_manage_posts,pages_read_engagement,pages_read_user_content",
        given={"page": "Id of the page", **APP},
    )
    can: ClassVar = Can(
        length=63_206, counts=characters, pictures=10, edit=True, receive=True, asked=True
    )

    def who(self, door: Door) -> Fact:
        told = self._call(door, "GET", door.secrets["page"], fields="name,link")
        return Fact(str(told["name"]), str(told.get("link", "")))

    def send(self, door: Door, message: Message) -> Sent:
        pictures = [self._upload(door, one.content, one.alt) for one in message.pictures]
        told = {"message": message.parts[0]}
        if pictures:
            told["attached_media"] = json.dumps([{"media_fbid": one} for one in pictures])
        said = self._call(door, "POST", f"{door.secrets['page']}/feed", **told)
        return Sent((str(said["id"]),), f"https://www.facebook.com/{said['id']}")

    def find(self, door: Door, message: Message) -> Sent | None:
        """By our own link, which stands in the words."""
        asked = {"fields": "message,permalink_url", "limit": str(LOOK_BACK)}
        for one in self._call(door, "GET", f"{door.secrets['page']}/posts", **asked)["data"]:
            if message.is_in(one.get("message", "")):
                return Sent((str(one["id"]),), str(one.get("permalink_url", "")))
        return None

    def edit(self, door: Door, message: Message) -> Sent:
        self._call(door, "POST", message.there[0], message=message.parts[0])
        return Sent(message.there)

    def withdraw(self, door: Door, message: Message) -> None:
        for reference in message.there:
            with gone_is_as_good():
                self._call(door, "DELETE", reference)

    def receive(self, door: Door, known: Sequence[Known], cursor: str) -> Heard:
        return one_by_one(door, known, lambda one: self._about(door, one))

    def followers(self, door: Door) -> int | None:
        told = self._call(door, "GET", door.secrets["page"], fields="followers_count")
        return int(told["followers_count"])

    def _about(self, door: Door, known: Known) -> About:
        told = self._call(door, "GET", known.references[0], fields=ABOUT)
        comments = told["comments"]
        theirs = [one for one in comments["data"] if _who(one)[0] != door.secrets["page"]]
        numbers = Numbers(
            likes=told["reactions"]["summary"]["total_count"],
            shares=told.get("shares", {}).get("count", 0),
            replies=comments["summary"]["total_count"],
        )
        whole = len(comments["data"]) < MOST
        return About(tuple(map(_answer, theirs)), numbers, whole=whole)

    def reads(self, status: int, said: Any) -> Trouble | None:
        return refusal(self.name, said)

    def _upload(self, door: Door, picture: bytes, alt: str) -> str:
        """Seen by nobody before its post."""
        token = door.secrets["token"]
        fields = {"published": "false", "alt_text_custom": alt, "access_token": token}
        body, kind = multipart(fields, "source", picture)
        address = self._address(door, f"{door.secrets['page']}/photos")
        try:
            told = door.line.call("POST", address, body=body, Content_Type=kind)
        except Trouble as trouble:
            trouble.unsure = False
            raise
        return str(told["id"])

    def _call(self, door: Door, method: str, path: str, **told: str) -> Any:
        """The key goes in the body or, where there is none, in a header: never in the address."""
        address = self._address(door, path)
        token = door.secrets["token"]
        if method == "POST":
            return door.line.call(method, address, form={**told, "access_token": token})
        asked = "&".join(f"{name}={value}" for name, value in told.items())
        return door.line.call(method, f"{address}?{asked}", Authorization=f"Bearer {token}")

    def _address(self, door: Door, path: str) -> str:
        return f"{door.address.rstrip('/')}/{VERSION}/{path}"


def _answer(comment: dict[str, Any]) -> Answer:
    return Answer(
        address=str(comment["id"]),
        words=str(comment.get("message", "")),
        who=_who(comment)[1],
        at=datetime.fromisoformat(comment["created_time"]),
        link=str(comment.get("permalink_url", "")),
    )


def _who(comment: dict[str, Any]) -> tuple[str, str]:
    """Id and name; Facebook names nobody to an app without the right to it."""
    told = comment.get("from") or {}
    return str(told.get("id", "")), str(told.get("name", "somebody"))

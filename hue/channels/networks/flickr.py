"""An album of pictures on Flickr: each post with a picture is one there.

https://www.flickr.com/services/api/. Its API answers in JSON, its upload in XML alone.
"""

import html
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar
from urllib.parse import urlencode

from hue.channels import oauth1
from hue.channels.calling import Trouble, gone_is_as_good, multipart, signed_out
from hue.channels.connector import Can, Connector
from hue.channels.counting import characters
from hue.channels.heard import About, Answer, Heard, Known, Numbers, one_by_one
from hue.channels.message import Door, Fact, Message, Sent
from hue.lib.html import words_of

UPLOAD = "https://up.flickr.com/services/upload/"
LOOK_BACK = 25
LONGEST_TITLE = 255
AN_HOUR = 3600.0
_PHOTO = re.compile(r"<photoid[^>]*>(\d+)</photoid>")
_FAULT = re.compile(r'<err code="(\d+)" msg="([^"]*)"')
# https://www.flickr.com/services/api/upload.api.html
ENDED, FULL, BUSY, NOT_THERE = {"95", "96", "97", "98", "99", "100"}, {"6"}, {"105"}, {"1"}


class Flickr(Connector):
    slug: ClassVar = "flickr"
    name: ClassVar = "Flickr"
    home: ClassVar = "https://api.flickr.com"
    secrets: ClassVar[dict[str, str]] = oauth1.KEYS
    can: ClassVar = Can(
        length=5000,
        counts=characters,
        pictures=1,
        picture_bytes=20_000_000,
        alt=LONGEST_TITLE,
        needs_picture=True,
        edit=True,
        receive=True,
        asked=True,
    )

    def who(self, door: Door) -> Fact:
        user = self._call(door, "GET", "flickr.test.login")["user"]
        return Fact(f"@{user['username']['_content']}", _page(str(user["id"])))

    def send(self, door: Door, message: Message) -> Sent:
        """What the picture shows is its title: there is no place for a description."""
        picture = message.pictures[0]
        told = {**_words(message), "title": picture.alt, "tags": message.hashtag, "is_public": "1"}
        where = UPLOAD if door.address.rstrip("/") == self.home else f"{door.address}/upload/"
        body, kind = multipart(told, "photo", picture.content)
        signed = oauth1.signed("POST", where, door.secrets, told)
        said = door.line.call(
            "POST", where, body=body, plain=True, Content_Type=kind, Authorization=signed
        )
        if fault := _FAULT.search(said):
            raise self._fault(fault[1], html.unescape(fault[2]))
        found = _PHOTO.search(said)
        if found is None:
            raise ValueError("neither a photo nor a fault")
        return Sent((found[1],), "")

    def find(self, door: Door, message: Message) -> Sent | None:
        """By our own link, which stands below the picture."""
        asked = {"user_id": "me", "extras": "description", "per_page": str(LOOK_BACK)}
        told = self._call(door, "GET", "flickr.people.getPhotos", **asked)
        for one in told["photos"]["photo"]:
            if message.is_in(words_of(one["description"]["_content"])):
                return Sent((str(one["id"]),), "")
        return None

    def edit(self, door: Door, message: Message) -> Sent:
        told = {"photo_id": message.there[0], **_words(message)}
        self._call(door, "POST", "flickr.photos.setMeta", **told)
        return Sent(message.there)

    def withdraw(self, door: Door, message: Message) -> None:
        for reference in message.there:
            with gone_is_as_good():
                self._call(door, "POST", "flickr.photos.delete", photo_id=reference)

    def receive(self, door: Door, known: Sequence[Known], cursor: str) -> Heard:
        return one_by_one(door, known, lambda one: self._about(door, one))

    def _about(self, door: Door, known: Known) -> About:
        about = {"photo_id": known.references[0]}
        photo = self._call(door, "GET", "flickr.photos.getInfo", **about)["photo"]
        liked = self._call(door, "GET", "flickr.photos.getFavorites", per_page="1", **about)
        told = self._call(door, "GET", "flickr.photos.comments.getList", **about)["comments"]
        ours = photo["owner"]["nsid"]
        theirs = [one for one in told.get("comment", []) if one["author"] != ours]
        numbers = Numbers(
            likes=int(liked["photo"]["total"]),
            replies=int(photo["comments"]["_content"]),
            views=int(photo["views"]),
        )
        return About(tuple(map(_answer, theirs)), numbers, whole=True)

    def _call(self, door: Door, verb: str, method: str, **told: str) -> Any:
        asked = {"method": method, "format": "json", "nojsoncallback": "1", **told}
        where = f"{door.address.rstrip('/')}/services/rest/"
        if verb == "POST":
            key = oauth1.signed(verb, where, door.secrets, asked)
            said = door.line.call(verb, where, form=asked, Authorization=key)
        else:
            where = f"{where}?{urlencode(asked)}"
            key = oauth1.signed(verb, where, door.secrets)
            said = door.line.call(verb, where, Authorization=key)
        if said["stat"] != "ok":
            raise self._fault(str(said.get("code")), str(said.get("message", "")))
        return said

    def _fault(self, code: str, says: str) -> Trouble:
        """All of them come as a success."""
        if code in ENDED:
            return signed_out(self.name)
        if code in NOT_THERE:
            return Trouble(f"{self.name}: there is nothing at that address.", final=True, gone=True)
        if code in FULL:
            return Trouble(
                f"{self.name} takes no more for now: its limit is reached.", again=AN_HOUR
            )
        if code in BUSY:
            return Trouble(f"{self.name} has trouble of its own ({code}).")
        return Trouble(f"{self.name} refuses it ({code}): {says[:200]}", final=True)


def _words(message: Message) -> dict[str, str]:
    """It takes some HTML there: what looks like it is not meant so."""
    return {"description": html.escape(message.parts[0], quote=False)}


def _answer(comment: dict[str, Any]) -> Answer:
    return Answer(
        address=str(comment["id"]),
        words=words_of(comment["_content"]),
        who=str(comment["authorname"]),
        at=datetime.fromtimestamp(int(comment["datecreate"]), UTC),
        link=str(comment.get("permalink", "")),
    )


def _page(user: str) -> str:
    return f"https://www.flickr.com/photos/{user}/"

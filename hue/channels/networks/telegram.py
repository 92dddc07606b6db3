"""A channel on Telegram, through a bot that may post in it. https://core.telegram.org/bots/api"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar

from hue.channels.calling import Trouble, arrived, gone_is_as_good, multipart, signed_out
from hue.channels.connector import Can, Connector
from hue.channels.counting import utf16
from hue.channels.heard import About, Answer, Heard, Known
from hue.channels.message import Door, Fact, Message, Sent

CAPTION = 1024  # of a picture; words alone could be longer, but a post may get its picture later


class Telegram(Connector):
    slug: ClassVar = "telegram"
    name: ClassVar = "Telegram"
    home: ClassVar = "https://api.telegram.org"
    secrets: ClassVar[dict[str, str]] = {"token": "Token of the bot"}
    can: ClassVar = Can(
        length=CAPTION,
        counts=utf16,
        pictures=1,
        picture_bytes=10_000_000,
        edit=True,
        threads=True,
        reply=True,
        receive=True,
        stream=True,
    )

    def who(self, door: Door) -> Fact:
        chat = self._call(door, "getChat", json_={"chat_id": door.handle})
        name = chat.get("username")
        return Fact(f"@{name}" if name else str(chat["id"]), f"https://t.me/{name}" if name else "")

    def send(self, door: Door, message: Message) -> Sent:
        there = list(message.there)
        for number in range(len(there), len(message.parts)):
            with arrived(there):
                before = there[-1:] or message.reply_to[-1:]
                told = self._send(door, message, number, before)
            there.append(_kind(told) + str(told["message_id"]))
        return Sent(tuple(there), _page(door, there[0]))

    def edit(self, door: Door, message: Message) -> Sent:
        kept = message.there[: len(message.parts)]
        for part, reference in zip(message.parts, kept, strict=False):
            about = {"chat_id": door.handle, "message_id": int(reference[1:])}
            method, name = _EDITS[reference[0]]
            with gone_is_as_good():  # or says already what it should
                self._call(door, method, json_={**about, name: part})
        self._delete(door, message.there[len(kept) :])
        rest = Message(**{**vars(message), "there": kept})
        return self.send(door, rest)

    def withdraw(self, door: Door, message: Message) -> None:
        self._delete(door, message.there)

    def receive(self, door: Door, known: Sequence[Known], cursor: str) -> Heard:
        """What is written below a post, where the channel has a group for that and the bot is in
        it. What is deleted there, and how often it was seen, no bot is told."""
        told = {"offset": int(cursor or 0), "limit": 100, "allowed_updates": _UPDATES}
        updates = self._call(door, "getUpdates", json_=told)
        places = {ref[1:]: number for number, one in enumerate(known) for ref in one.references}
        found: dict[int, list[Answer]] = {number: [] for number in range(len(known))}
        for update in updates:
            said = update.get("message") or update.get("edited_message") or {}
            number = places.get(_answered(door, said))
            if number is not None and said.get("text"):
                found[number].append(_answer(said))
        last = str(updates[-1]["update_id"] + 1) if updates else cursor
        return Heard({number: About(tuple(told)) for number, told in found.items()}, last)

    def followers(self, door: Door) -> int | None:
        return int(self._call(door, "getChatMemberCount", json_={"chat_id": door.handle}))

    def reads(self, status: int, said: Any) -> Trouble | None:
        words = str(said.get("description", "")) if isinstance(said, dict) else ""
        if status == 429:
            wait = float(said.get("parameters", {}).get("retry_after", 0))
            return Trouble("Telegram takes no more for now.", again=wait)
        if status == 403:
            return signed_out(self.name)
        if "not found" in words or "not modified" in words:
            return Trouble(f"Telegram: {words[:200]}", final=True, gone=True)
        if "can't be deleted" in words:
            says = "Telegram deletes nothing after 48 hours: delete it there by hand, then say so."
            return Trouble(says, final=True)
        return None

    def _send(self, door: Door, message: Message, number: int, before: Any) -> Any:
        told: dict[str, Any] = {"chat_id": door.handle}
        if before:
            answers = {"message_id": int(before[0][1:]), "allow_sending_without_reply": True}
            told["reply_parameters"] = answers
        if number or not message.pictures:
            return self._call(door, "sendMessage", json_={**told, "text": message.parts[number]})
        fields = {"chat_id": door.handle, "caption": message.parts[0]}
        body, kind = multipart(fields, "photo", message.pictures[0].content)
        return self._call(door, "sendPhoto", body=body, Content_Type=kind)

    def _delete(self, door: Door, references: tuple[str, ...]) -> None:
        for reference in reversed(references):
            about = {"chat_id": door.handle, "message_id": int(reference[1:])}
            with gone_is_as_good():
                self._call(door, "deleteMessage", json_=about)

    def _call(self, door: Door, method: str, **more: Any) -> Any:
        address = f"{door.address.rstrip('/')}/bot{door.secrets['token']}/{method}"
        return door.line.call("POST", address, **more)["result"]


_UPDATES = ["message", "edited_message"]
_EDITS = {"t": ("editMessageText", "text"), "p": ("editMessageCaption", "caption")}


def _kind(told: dict[str, Any]) -> str:
    """Words and captions are changed by different methods."""
    return "p" if "photo" in told else "t"


def _page(door: Door, reference: str) -> str:
    name = door.handle.removeprefix("@")
    return f"https://t.me/{name}/{reference[1:]}" if door.handle.startswith("@") else ""


def _answered(door: Door, said: dict[str, Any]) -> str:
    """The post of ours below which it was written: the group has a copy of it."""
    copy = said.get("reply_to_message", {}).get("forward_origin", {})
    chat = copy.get("chat", {})
    ours = door.handle in {f"@{chat.get('username')}", str(chat.get("id"))}
    return str(copy.get("message_id", "")) if ours else ""


def _answer(said: dict[str, Any]) -> Answer:
    sender = said.get("from", {})
    name = f"@{sender['username']}" if "username" in sender else str(sender.get("first_name", ""))
    address = f"{said['chat']['id']}/{said['message_id']}"
    return Answer(address, str(said["text"]), name, datetime.fromtimestamp(said["date"], UTC))

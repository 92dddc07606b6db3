"""A channel on Telegram, through a bot that may post in it. https://core.telegram.org/bots/api"""

from typing import Any, ClassVar

from hue.channels.calling import Trouble, arrived, gone_is_as_good, multipart, signed_out
from hue.channels.connector import Can, Connector
from hue.channels.counting import utf16
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


_EDITS = {"t": ("editMessageText", "text"), "p": ("editMessageCaption", "caption")}


def _kind(told: dict[str, Any]) -> str:
    """Words and captions are changed by different methods."""
    return "p" if "photo" in told else "t"


def _page(door: Door, reference: str) -> str:
    name = door.handle.removeprefix("@")
    return f"https://t.me/{name}/{reference[1:]}" if door.handle.startswith("@") else ""

"""What a network is to us: one small interface, and what each declares that it can."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Protocol

from hue.channels.calling import Trouble
from hue.channels.message import Door, Fact, Message, Sent


@dataclass(frozen=True)
class Can:
    length: int  # of one part, as `counts` counts it
    counts: Callable[[str], int]
    tail: bool = True  # our link and the hashtag stand in the words themselves
    pictures: int = 0
    picture_bytes: int = 5_000_000
    alt: int = 1000  # characters of a picture's description
    needs_picture: bool = False
    video: bool = False
    edit: bool = False
    delete: bool = True
    threads: bool = False
    reply: bool = False
    receive: bool = False
    asked: bool = False  # it tells whether something is there already
    readers: bool = False  # it goes to people one by one, who asked for it: see `letter`
    repeats: bool = False  # the same key twice is one post
    cost: Decimal = Decimal(0)  # US dollars a part
    proved: bool = False  # against the network's own software, not our stub alone


class Connector(Protocol):
    slug: ClassVar[str]
    name: ClassVar[str]
    can: ClassVar[Can]
    home: ClassVar[str]  # its address where there is only one, else ""
    secrets: ClassVar[dict[str, str]]  # what is pasted to connect: name and label
    optional: ClassVar[frozenset[str]] = frozenset()  # of these
    schemes: ClassVar[frozenset[str]] = frozenset({"https", "http"})  # of its address

    def makes(self) -> dict[str, str]:
        """Secrets of our own making, where nobody gives us any."""
        return {}

    def who(self, door: Door) -> Fact:
        """Whose account it is. Tries the key, changes nothing."""

    def send(self, door: Door, message: Message) -> Sent:
        """Parts that are `there` already are not sent again."""

    def find(self, door: Door, message: Message) -> Sent | None:
        """What is there of it already. Asked only where `can.asked`."""
        return None

    def edit(self, door: Door, message: Message) -> Sent:
        """Only where `can.edit`; elsewhere other words are a reply, or a new post."""
        raise Trouble(f"{self.name}: nothing there can be changed.", final=True)

    def withdraw(self, door: Door, message: Message) -> None:
        """What is gone already is as good."""

    def reads(self, status: int, said: Any) -> Trouble | None:
        """What a refusal of its own means, where the status alone does not say it."""
        return None

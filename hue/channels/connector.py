"""What a network is to us: one small interface, and what each declares that it can."""

from collections.abc import Sequence
from typing import Any, ClassVar, Protocol

from hue.channels.calling import Trouble
from hue.channels.can import Can
from hue.channels.entrance import Entrance
from hue.channels.heard import Heard, Known
from hue.channels.message import Door, Fact, Message, Sent

__all__ = ["Can", "Connector"]


class Connector(Protocol):
    slug: ClassVar[str]
    name: ClassVar[str]
    can: ClassVar[Can]
    home: ClassVar[str]  # its address where there is only one, else ""
    secrets: ClassVar[dict[str, str]]  # what is pasted to connect: name and label
    entrance: ClassVar[Entrance | None] = None  # where somebody signs in there instead
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

    def receive(self, door: Door, known: Sequence[Known], cursor: str) -> Heard:
        """What is answered to each, and how often it was liked. Only where `can.receive`."""
        return Heard({})

    def followers(self, door: Door) -> int | None:
        """How many follow the account, where it tells."""
        return None

    def reads(self, status: int, said: Any) -> Trouble | None:
        """What a refusal of its own means, where the status alone does not say it."""
        return None

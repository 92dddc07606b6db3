"""What goes to each reader of a list: rendered once, then only their own links are filled in."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Protocol

from hue.channels.calling import Trouble
from hue.channels.connector import Connector
from hue.channels.message import Door, Message, Sent

OWN, LEAVE = "%%own%%", "%%leave%%"  # where a reader's own links stand


@dataclass(frozen=True)
class Letter:
    """The same words for everybody who gets it."""

    key: str
    subject: str
    text: str  # with OWN and LEAVE in it
    short: str  # where there is room for a line or two
    link: str  # our own page
    neutral: bool = False  # somebody else may see it
    asks: bool = False  # it asks whether they want letters: nothing to stop yet


class Reader(NamedTuple):
    to: str  # the address, open for as long as it takes
    own: str
    leave: str
    key: str  # of this one copy


class Hands(Protocol):
    def hand(self, letter: Letter, reader: Reader) -> str:
        """To one reader; gives the network's name for it. Raises Trouble."""

    def hand_all(self, parcels: Sequence[tuple[Letter, Reader]]) -> Iterator[str | Trouble]:
        """To one after the other, as far as they are asked for: of each its name, or what went
        wrong with it. Nothing of one that was not asked for has left us."""
        for letter, reader in parcels:
            try:
                yield self.hand(letter, reader)
            except Trouble as trouble:
                yield trouble


class ListConnector(Connector, Protocol):
    """A network that reaches people one by one."""

    via: ClassVar[str]  # as `subscribers` calls it
    codes: ClassVar[bool]  # there is no room for a link: it asks by digits

    def receipts(self, door: Door) -> dict[str, str]:
        """What became of those handed over lately, by their references, where it tells."""
        return {}

    def send(self, door: Door, message: Message) -> Sent:
        raise Trouble(f"{self.name}: it goes to readers, one by one.", final=True)

    def withdraw(self, door: Door, message: Message) -> None:
        raise Trouble(f"{self.name}: readers are told, one by one.", final=True)

    def open(self, door: Door) -> AbstractContextManager[Hands]:
        """Kept open for as many as there are."""


def filled(text: str, reader: Reader) -> str:
    return text.replace(OWN, reader.own).replace(LEAVE, reader.leave)

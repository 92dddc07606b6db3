"""What is handed to a network, and what comes back: plain values, no rows."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from hue.channels.calling import Line


class Image(NamedTuple):
    content: bytes  # JPEG
    alt: str
    url: str  # where the public finds it: some networks fetch it themselves
    width: int
    height: int


@dataclass(frozen=True)
class Message:
    key: str  # the same at every attempt, another for other words
    text: str  # all of it
    parts: tuple[str, ...]  # as they fit there: one, or a thread
    link: str  # our own page
    version: int
    at: datetime
    hashtag: str = ""
    pictures: tuple[Image, ...] = ()
    reply_to: tuple[str, ...] = ()  # references of what it follows there
    there: tuple[str, ...] = ()  # references that it has already

    def is_in(self, text: str) -> bool:
        """Whether what stands there is this: our own link, and where they are known its words."""
        said = self.parts[-1].strip()
        return self.link in text and said in {"", text.strip()}


class Sent(NamedTuple):
    references: tuple[str, ...]  # one for each part, as the network names them
    link: str = ""  # where people see it


class Fact(NamedTuple):
    """What the network says of an account."""

    handle: str
    profile: str = ""


@dataclass(frozen=True)
class Door:
    """One account, opened for as long as it is used."""

    address: str
    handle: str
    line: Line
    secrets: dict[str, str] = field(default_factory=dict, repr=False)

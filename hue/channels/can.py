"""What a network declares that it can."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Can:
    length: int  # of one part, as `counts` counts it
    counts: Callable[[str], int]
    tail: bool = True  # our link and the hashtag stand in the words themselves
    pictures: int = 0
    picture_bytes: int = 5_000_000
    alt: int = 1000  # characters of a picture's description
    needs_picture: bool = False
    # Of a picture, width by height: the tallest and the widest that it takes.
    ratio: tuple[float, float] | None = None
    video: bool = False
    edit: bool = False
    delete: bool = True
    threads: bool = False
    reply: bool = False
    receive: bool = False
    stream: bool = False  # what is answered comes in one stream, not asked post by post
    asked: bool = False  # it tells whether something is there already
    readers: bool = False  # it goes to people one by one, who asked for it: see `letter`
    repeats: bool = False  # the same key twice is one post
    cost: Decimal = Decimal(0)  # US dollars a part
    read_cost: Decimal = Decimal(0)  # US dollars for each post that it tells of
    proved: bool = False  # against the network's own software, not our stub alone

"""What a network tells of what we said there: answers, and numbers. Plain values, no rows."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from hue.channels.calling import Trouble
from hue.channels.message import Door

BUDGET = 30  # calls a round: most of what a network takes is for what we say


class Known(NamedTuple):
    """One thing that we said there."""

    references: tuple[str, ...]
    answers: tuple[str, ...] = ()  # that we have, as the network names them
    due: bool = True  # its numbers, too, are wanted now


class Answer(NamedTuple):
    """In public: what is meant for us alone is not taken."""

    address: str  # as the network names it
    words: str  # plain
    who: str
    at: datetime
    link: str = ""


class Numbers(NamedTuple):
    likes: int = 0
    shares: int = 0
    replies: int = 0
    views: int | None = None  # None: it does not tell


class About(NamedTuple):
    answers: tuple[Answer, ...] = ()
    numbers: Numbers | None = None
    whole: bool = False  # these are all: what we have and is not among them was deleted there
    gone: frozenset[str] = frozenset()  # answers that were deleted there
    there: bool = True  # False: what we said is gone itself


class Heard(NamedTuple):
    about: dict[int, About]  # by its place among what was asked; who is missing is asked again
    cursor: str = ""  # the network's own, for the next time
    read: int = 0  # posts, where each costs


def one_by_one(door: Door, known: Sequence[Known], ask: Callable[[Known], About]) -> Heard:
    """Until the budget is spent. One that cannot be read keeps nobody from the others."""
    about: dict[int, About] = {}
    refusal = None
    for number, one in enumerate(known):
        if door.line.calls >= BUDGET:
            break
        try:
            about[number] = ask(one)
        except Trouble as trouble:
            if trouble.gone:
                about[number] = About(whole=True, there=False)
            elif trouble.final and not trouble.signed_out:
                refusal = trouble
            else:
                raise
    if refusal is not None and not about:
        raise refusal
    return Heard(about)

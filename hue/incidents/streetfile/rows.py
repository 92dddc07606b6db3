"""What a row of a file turns into: a clean incident, or reasons why not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Precision(StrEnum):
    """How exactly a file says when. police.uk gives the month only."""

    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"


@dataclass(frozen=True, slots=True)
class Happened:
    """`start` is the first moment, in UTC, of the month, day or minute that the file names."""

    start: datetime
    precision: Precision


@dataclass(frozen=True, slots=True)
class IncomingIncident:
    """`key` says which incident this is and `content` what the row says about it.

    The same row of the same file always has the same key; rows that read alike within one file
    are counted, so that each has its own. A row with a reference keeps its key when its words
    change: only `content` differs then.
    """

    line: int
    kind: str
    happened: Happened
    place: str
    longitude: float | None
    latitude: float | None
    reference: str
    reported: str
    did: str
    outcome_code: str
    outcome_words: str
    key: bytes
    content: bytes


@dataclass(frozen=True, slots=True)
class BadRow:
    """`line` counts lines of the file from 1, as an editor shows them. No column: the whole row."""

    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        where = f"Line {self.line}, column “{self.column}”" if self.column else f"Line {self.line}"
        return f"{where}: {self.reason}"


class FileRefused(Exception):
    """The file as a whole cannot be read; the message says what to do about it."""


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row of the file: an incident, or every fault found in it."""

    line: int
    incident: IncomingIncident | None
    faults: Sequence[BadRow]

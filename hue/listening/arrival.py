"""What a source brings, before anything of it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Arrival:
    """`indexable`: nobody asked for this account or this post to be left out of searches."""

    id: str
    text: str
    at: datetime
    author: str = ""
    address: str = ""
    reshare_of: str = ""
    quotes: str = ""
    language: str = ""
    indexable: bool = True


@dataclass(frozen=True, slots=True)
class Haul:
    """One look at a source. `deleted`: ids that were taken back there; `broken`: rows that could
    not be read; `cost`: what the network bills, in US dollars; `whole_since`: all that is later
    than that is in this haul, so that what is missing was taken back."""

    arrivals: Sequence[Arrival] = ()
    deleted: Sequence[str] = ()
    cursor: dict[str, Any] = field(default_factory=dict)
    broken: int = 0
    cost: Decimal = Decimal(0)
    whole_since: datetime | None = None

"""The lines of a file, from where it was left, as far as they are due."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from hue.listening import store
from hue.listening.arrival import Arrival
from hue.listening.models import Bringing
from hue.listening.sources.file import lines

AT_ONCE = 1_000
Found = list[Arrival | None]


def due_lines(bringing: Bringing, *, at: datetime) -> Iterator[tuple[Found, bool]]:
    """Piece by piece, and with the last one whether that was the end of the file."""
    found: Found = []
    with store.path_of(bringing.pk).open("rb") as raw:
        for arrival in lines(raw, name=bringing.name, after=bringing.line):
            shown = _shown(arrival, bringing)
            if bringing.speed and shown and shown.at > at:
                yield found, False
                return
            found.append(shown)
            if len(found) == AT_ONCE:
                yield found, False
                found = []
    yield found, True


def _shown(arrival: Arrival | None, bringing: Bringing) -> Arrival | None:
    """A replayed line is said when it comes; what it was said after keeps its distance."""
    if arrival is None or not bringing.speed:
        return arrival
    if bringing.first_at is None:
        bringing.first_at = arrival.at
    return replace(arrival, at=bringing.due_at(arrival.at))

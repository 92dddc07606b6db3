"""What the engine hears of a claim that the register has goes on being counted there by itself."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from hue.listening.actions import rumours as actions
from hue.listening.actions.rumours.enter import Glimpse
from hue.listening.models import Remark, Rumour, Source
from hue.listening.queries import rumours as queries
from hue.listening.taking_up import source_of
from hue.people import queries as people

if TYPE_CHECKING:
    from hue.listening.engine import Engine, Reading

Seen = tuple[Rumour, datetime, Glimpse]


def grow(
    role: str, said: "list[tuple[Remark, Reading]]", engine: "Engine", *, at: datetime
) -> None:
    """However many were read, the database is asked the same few times."""
    sure = {
        reading.claim: match.answered
        for _, reading in said
        for match in reading.matches[:1]
        if match.is_sure
    }
    entries = queries.counting(role, {reading.claim for _, reading in said}, sure) if said else {}
    known = [(remark, reading) for remark, reading in said if reading.claim in entries]
    if known:
        seen = list(_seen(known, entries, engine))
        actions.grow(by=people.system(), at=at, seen=seen)


def _seen(
    known: "list[tuple[Remark, Reading]]",
    entries: dict[str, tuple[Rumour, str]],
    engine: "Engine",
) -> Iterator[Seen]:
    """One for each claim, source, place and hour."""
    sources = {one.pk: source_of(one) for one in Source.objects.all()}
    places = queries.neighbourhoods({name for _, reading in known for name in reading.places})
    times = defaultdict[tuple[str, str, str, datetime], list[datetime]](list)
    for remark, reading in known:
        place = next((name for name in reading.places if name in places), "")
        hour = remark.said_at.replace(minute=0, second=0, microsecond=0)
        times[reading.claim, sources[remark.source_id], place, hour].append(remark.said_at)
    for (claim, source, place, hour), when in times.items():
        (rumour, key), heard = entries[claim], engine.claim(claim)
        glimpse = Glimpse(
            source,
            places.get(place),
            claim=key,
            first=min(when),
            last=max(when),
            count=len(when),
            accounts=max(1, heard.sources if heard else 1),
        )
        yield rumour, hour, glimpse

"""What a source brought, arrival by arrival: which remarks are made of it, and what was odd."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from hue.listening import keys
from hue.listening.arrival import Arrival
from hue.listening.danger import may_be_at_risk
from hue.listening.matching import folded, wanted
from hue.listening.models import Key, Remark, Source, Watch
from hue.listening.nameless import Nameless, nameless

DAYS, DAYS_OF_AN_INCIDENT = timedelta(days=7), timedelta(days=30)
AHEAD = timedelta(minutes=5)  # clocks differ
BACK = timedelta(minutes=30)  # older than the newest by so much: time went back
OURS = frozenset({"form", "replies", "mail"})
MOST_A_MINUTE = 60_000  # of one source that is asked; a file may bring any number


class Sieve:
    """Made for one haul. `counts` says what became of it."""

    def __init__(self, source: Source, watches: Iterable[Watch], *, at: datetime) -> None:
        self.source, self.at = source, at
        watches = list(watches)
        self._asked = wanted(watches)
        self._held = {watch.pk for watch in watches if watch.incident}
        self._key, self._keys = keys.key_of(at), list(Key.objects.all())
        newest = source.cursor.get("newest")
        self._newest = datetime.fromisoformat(newest) if newest else None
        self.counts: Counter[str] = Counter()

    @property
    def newest(self) -> str:
        return self._newest.isoformat() if self._newest else ""

    def made_of(self, arrivals: Iterable[Arrival]) -> Iterator[Remark]:
        found = list(self._no_flood(arrivals))
        known = self._known(found)
        for arrival in found:
            if not known.isdisjoint(hashes := self._hashes(arrival.id)):
                self.counts["repeated"] += 1
                continue
            known |= hashes
            yield from self._remarks(arrival)

    def _no_flood(self, arrivals: Iterable[Arrival]) -> Iterator[Arrival]:
        minute = self.at.strftime("%Y-%m-%dT%H:%M")
        had = self.source.minute[1] if self.source.minute[:1] == [minute] else 0
        for number, arrival in enumerate(arrivals, had + 1):
            self.counts["seen"] += 1
            self.source.minute = [minute, number]
            if number > MOST_A_MINUTE and self.source.kind != "file":
                self.counts["flood"] += 1
            else:
                yield arrival

    def _hashes(self, id_: str) -> set[str]:
        return {keys.hashed(key, self.source.kind, id_) for key in self._keys}

    def _known(self, arrivals: list[Arrival]) -> set[str]:
        hashes = [one for arrival in arrivals for one in self._hashes(arrival.id)]
        rows = Remark.objects.filter(source=self.source, outside__in=hashes)
        return set(rows.values_list("outside", flat=True))

    def _remarks(self, arrival: Arrival) -> Iterator[Remark]:
        said_at, words = self._time(arrival), nameless(arrival.text)
        self.counts["too_long"] += words.too_long
        self.counts["mended"] += words.mended
        if why := self._why_not(arrival, words, said_at):
            self.counts[why] += 1
            return
        roles = self._roles(words.text)
        self.counts["kept" if roles else "other"] += 1
        for role, watches in roles.items():
            yield self._remark(arrival, words, said_at, role, watches)

    def _time(self, arrival: Arrival) -> datetime:
        """Never later than now. What is older than what came before is said, and taken."""
        if arrival.at > self.at + AHEAD:
            self.counts["ahead"] += 1
        said_at = min(arrival.at, self.at)
        if self._newest and said_at < self._newest - BACK:
            self.counts["back_in_time"] += 1
        self._newest = max(self._newest or said_at, said_at)
        return said_at

    def _why_not(self, arrival: Arrival, words: Nameless, said_at: datetime) -> str:
        if not arrival.indexable:
            return "left_out"
        if not words.text:
            return "empty"
        return "old" if said_at < self.at - DAYS else ""

    def _roles(self, text: str) -> dict[str, list[int]]:
        """Which watches of which role want it. What is said to us where a life may be at risk is
        wanted by all; of what is said to others only topics are."""
        told, found = folded(text), defaultdict[str, list[int]](list)
        said_to_us = self.source.kind in OURS and may_be_at_risk(text)
        for one in self._asked:
            if said_to_us or one.asks_for(told):
                found[one.role].append(one.watch)
        return found

    def _remark(
        self, arrival: Arrival, words: Nameless, said_at: datetime, role: str, watches: list[int]
    ) -> Remark:
        kind, key = self.source.kind, self._key
        days = DAYS_OF_AN_INCIDENT if self._held & {*watches} else DAYS
        told = {"handle": arrival.author, "address": arrival.address, "in it": words.taken_out}
        return Remark(
            role=role,
            watches=watches,
            source=self.source,
            outside=keys.hashed(key, kind, arrival.id),
            text=words.text,
            said_at=said_at,
            taken_at=self.at,
            expires_at=self.at + days,
            author=keys.hashed(key, kind, "by", arrival.author) if arrival.author else "",
            sealed=keys.seal(key, told) if any(told.values()) else "",
            key=key,
            reshare_of=self._other(arrival.reshare_of),
            quotes=self._other(arrival.quotes),
            language=arrival.language[:12],
        )

    def _other(self, id_: str) -> str:
        return keys.hashed(self._key, self.source.kind, id_) if id_ else ""

"""A claim that was heard goes into the register: in its first words, with its figures."""

from dataclasses import dataclass, replace
from datetime import datetime

from hue.listening.actions.rumours.enter import Glimpse
from hue.listening.models import Sighting, Source
from hue.listening.queries import claims
from hue.listening.queries.rumours import key_of

# Of a source's kinds the register's.
SOURCES = {
    "replies": "replies",
    "mastodon": "mastodon",
    "bluesky": "bluesky",
    "x": "x",
    "feed": "press",
}
# A file may come from anywhere: from X, where it is named so.
_BY_NAME = {words.casefold(): slug for slug, words in Sighting.SOURCES}
LONGEST = 2000


@dataclass(frozen=True)
class Heard:
    words: str
    source: str
    count: int
    claim: str
    first: datetime
    last: datetime
    accounts: int

    def glimpse(self, told: Glimpse) -> Glimpse:
        """What a person told of it, with what the engine knows."""
        return replace(
            told, claim=self.claim, first=self.first, last=self.last, accounts=self.accounts
        )


def source_of(source: Source) -> str:
    return SOURCES.get(source.kind) or _BY_NAME.get(source.name.casefold(), "other")


def heard_of(role: str, claim: str, *, at: datetime) -> Heard | None:
    found = claims.figures_of(role, [claim], at=at).get(claim)
    newest = claims.remarks_of(role, claim).first()
    if found is None or newest is None:
        return None
    return Heard(
        words=found["text"][:LONGEST],
        source=source_of(newest.source),
        count=found["posts"],
        claim=key_of(role, claim),
        first=found["first_at"],
        last=found["last_at"],
        accounts=max(1, found["sources"]),
    )

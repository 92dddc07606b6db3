"""A claim that was heard goes into the register: in its first words, with its figures."""

from dataclasses import dataclass, replace
from datetime import datetime

from hue.listening.actions.rumours.enter import Glimpse
from hue.listening.queries import claims
from hue.listening.queries.rumours import key_of

# Of a source's kinds the register's; a file may come from anywhere.
SOURCES = {
    "replies": "replies",
    "mastodon": "mastodon",
    "bluesky": "bluesky",
    "x": "x",
    "feed": "press",
}
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


def heard_of(role: str, claim: str, *, at: datetime) -> Heard | None:
    found = claims.figures_of(role, [claim], at=at).get(claim)
    newest = claims.remarks_of(role, claim).first()
    if found is None or newest is None:
        return None
    return Heard(
        words=found["text"][:LONGEST],
        source=SOURCES.get(newest.source.kind, "other"),
        count=found["posts"],
        claim=key_of(role, claim),
        first=found["first_at"],
        last=found["last_at"],
        accounts=max(1, found["sources"]),
    )

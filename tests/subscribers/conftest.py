from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from hue.channels import greeting, sending
from hue.channels.models import Account
from hue.lib import sealing
from hue.people.models import Officer
from hue.subscribers import addresses
from hue.subscribers.models import Subscriber
from tests.cast import NOON, Cast
from tests.channels.opened import opened, say, work
from tests.subscribers.postbox import PASSWORD, USER, Postbox, link_in, postbox

SENDERS = {
    "sender": "Test Police <watch@test.example>",
    "neutral": "Updates <hello@updates.example>",
    "user": USER,
    "password": PASSWORD,
}
FORM: dict[str, Any] = {
    "via": "email",
    "neighbourhoods": ["kings-heath"],
    "topics": ["theft", "roads", "team"],
    "level": "news",
    "pace": "once",
    "hour": "18",
    "act_a_week": "5",
    "news_a_week": "3",
}


@dataclass
class Town:
    """A force that sends e-mail, and residents who may ask for it."""

    cast: Cast
    box: Postbox
    account: Account

    def ask(self, address: str = "jo@home.example", **also: Any) -> Any:
        return Client().post("/my-watch/ask/", {**FORM, "address": address, **also})

    def greet(self, *, at: datetime = NOON) -> None:
        greeting.greet_all(at=at)

    def reader(self, address: str = "jo@home.example", **also: Any) -> Subscriber:
        """Somebody who asked and said yes."""
        before = set(Subscriber.objects.values_list("pk", flat=True))
        assert self.ask(address, **also).status_code == 200
        self.greet()
        link = link_in(self.box.to(address)[-1], "yes")
        assert Client().post(link).status_code == 200
        self.box.got.clear()
        return Subscriber.objects.exclude(pk__in=before).get()

    def say(self, text: str = "Puppy found on the High Street.", **also: Any) -> Any:
        return say(self.cast, text, neighbourhood=self.cast.kings_heath, **also)

    def work(self, *, at: datetime = NOON) -> None:
        work(at=at)

    def later(self, *, at: datetime) -> None:
        for account in Account.objects.reachable():
            sending.later(account, at=at)


def reads(cast: Cast, address: str) -> Subscriber:
    """Somebody who asked for it long ago: for lists too long to ask each."""
    row = Subscriber.objects.create(
        via="email",
        sealed=sealing.seal_text(address),
        known=addresses.known_by("email", address),
        state="reading",
        asked_at=NOON - timedelta(days=1),
        confirmed_at=NOON - timedelta(days=1),
        topics=["team"],
        news_a_week=50,
    )
    row.neighbourhoods.add(cast.kings_heath)
    return row


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Residents ask at noon: what they read depends on the hour."""
    monkeypatch.setattr("hue.lib.clock.now", lambda: NOON)


@pytest.fixture
def town(cast: Cast, owner: Officer) -> Iterator[Town]:
    with postbox() as box:
        account = opened(cast, owner, "email", box.address, SENDERS)
        yield Town(cast, box, account)

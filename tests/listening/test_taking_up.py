"""A claim that was heard goes into the register, and the desk says what became of it."""

from datetime import timedelta

import pytest
from django.test import Client

from hue.lib import clock
from hue.listening.models import Rumour, Sighting, Source, Watch
from hue.listening.queries import claims
from tests.cast import NOON, Cast
from tests.listening.conftest import heard, said
from tests.listening.told import QUESTION, decided, entered

WORDS = "They say the library in Kings Heath is on fire"


@pytest.fixture
def desk(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    client = Client()
    client.force_login(cast.comms)
    return client


def test_what_was_heard_is_entered_with_its_words_and_figures_and_its_answer_is_seen(
    cast: Cast, source: Source, watch: Watch, desk: Client
) -> None:
    early = NOON - timedelta(minutes=20)
    heard(source, said(WORDS, 1, at=early), said(f"{WORDS}!", 2), said(f"{WORDS}, is it?", 3))
    claim = claims.ranked("communications", at=NOON)[0]["claim"]
    page = f"/desk/listening/claims/communications/{claim}/"
    address = f"/desk/rumours/new/?role=communications&claim={claim}"
    assert address.replace("&", "&amp;") in desk.get(page).content.decode()
    assert WORDS in desk.get(address).content.decode()
    sent = {
        "claim": WORDS,
        "question": "Is the library in Kings Heath on fire?",
        "source": "other",
        "count": 3,
        "harm": "high",
        "kind": "unknown",
        "subject": "other",
        "owner": cast.comms.pk,
    }
    assert desk.post(address, sent).status_code == 302
    rumour, sighting = Rumour.objects.get(), Sighting.objects.get()
    assert (sighting.claim, sighting.count) == (f"communications {claim}", 3)
    assert sighting.accounts == 3
    assert rumour.first_seen_at == early
    shown = desk.get("/desk/listening/").content.decode()
    assert "not answered yet" in shown
    assert "0 answered, 1 not yet" in shown
    decided(cast, rumour)
    assert "answered: no" in desk.get(page).content.decode()
    assert "1 answered, 0 not yet" in desk.get("/desk/listening/").content.decode()


def test_a_claim_of_another_role_is_not_shown_in_the_form(
    cast: Cast, source: Source, watch: Watch
) -> None:
    heard(source, said(WORDS, 1))
    claim = claims.ranked("communications", at=NOON)[0]["claim"]
    client = Client()
    client.force_login(cast.sergeant)
    found = client.get(f"/desk/rumours/new/?role=communications&claim={claim}")
    assert WORDS not in found.content.decode()


def test_what_repeats_an_answered_claim_is_shown_beside_the_answer(
    cast: Cast, source: Source, watch: Watch, desk: Client
) -> None:
    rumour = entered(cast)
    decided(cast, rumour)
    heard(source, said("burning the shops on the high street, fire everywhere", 1))
    claim = claims.ranked("communications", at=NOON)[0]["claim"]
    page = desk.get(f"/desk/listening/claims/communications/{claim}/").content.decode()
    assert "It may have been answered already" in page
    assert QUESTION in page

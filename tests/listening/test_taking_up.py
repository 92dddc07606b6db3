"""A claim that was heard goes into the register, and the desk says what became of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hue.lib import clock
from hue.listening import actions, reading
from hue.listening.actions import rumours
from hue.listening.actions.rumours.enter import Glimpse
from hue.listening.arrival import Haul
from hue.listening.models import Rumour, Sighting, Source, Watch
from hue.listening.queries import claims
from hue.listening.queries import rumours as queries
from hue.listening.taking_up import heard_of
from hue.people import queries as people
from tests.cast import NOON, Cast
from tests.listening.conftest import charter, heard, read, said
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


def test_what_is_heard_later_is_counted_by_itself_with_its_places(
    cast: Cast, source: Source, watch: Watch
) -> None:
    heard(source, said(WORDS, 1), said(f"{WORDS}!", 2))
    rumour = _taken_up(cast)
    later = NOON + timedelta(hours=1)
    heard(source, said(f"{WORDS} now", 3, at=later), said(WORDS, 4, at=later), at=later)
    heard(source, said(WORDS, 4, at=later), at=later)  # the same post again
    assert queries.growth(rumour, at=later) == {"all": 4, "day": 4, "now": 2, "before": 2}
    here = rumour.sightings.get(place=cast.kings_heath)
    assert (here.count, here.last_seen_at, here.source) == (2, later, "other")
    assert max(one.accounts for one in rumour.sightings.all()) == 4


def test_what_says_nothing_of_the_register_is_not_counted(
    cast: Cast, source: Source, watch: Watch
) -> None:
    heard(source, said(WORDS, 1))
    rumour = _taken_up(cast)
    heard(source, said("Looting at the jeweller's on Station Road", 2))
    assert queries.growth(rumour, at=NOON)["all"] == 1


def test_what_surely_repeats_an_answer_is_counted_with_it_once_for_all_roles(
    cast: Cast, source: Source, watch: Watch
) -> None:
    rumour = entered(cast, glimpse=None)
    decided(cast, rumour)
    other = charter(cast, source, name="The same", role="supervisor", owner=cast.sergeant)
    second = actions.write(by=cast.sergeant, at=NOON, charter=other)
    actions.approve(by=cast.colleague, at=NOON, watch=second)
    heard(source, said("they are burning the shops on the high street with fire", 1))
    assert queries.growth(rumour, at=NOON)["all"] == 1
    assert rumour.sightings.get().count == 1


def test_what_was_merged_or_split_goes_on_in_the_entry_that_has_it_now(
    cast: Cast, source: Source, watch: Watch
) -> None:
    heard(source, said(WORDS, 1))
    rumour, other = _taken_up(cast), entered(cast, glimpse=None)
    merged = {"by": cast.sergeant, "at": NOON, "why": "The same."}
    rumours.merge(rumour=rumour, seen=1, into=other, **merged)
    heard(source, said(WORDS, 2))
    assert other.sightings.get().count == 1
    assert queries.growth(other, at=NOON)["all"] == 2


def test_a_larger_batch_asks_the_database_no_more_often(
    cast: Cast, source: Source, watch: Watch
) -> None:
    heard(source, said(WORDS, 1))
    _taken_up(cast)

    def asked(first: int, last: int) -> int:
        more = [said(f"{WORDS} {'!' * n}", n) for n in range(first, last)]
        actions.take(by=people.system(), at=NOON, source=source, haul=Haul(more))
        with CaptureQueriesContext(connection) as captured:
            assert reading.read_on("communications", at=NOON) == last - first
        return len(captured)

    asked(2, 3)
    assert asked(3, 4) == asked(4, 254)


def test_what_a_crash_undoes_is_counted_once_when_it_is_read_again(
    cast: Cast, source: Source, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard(source, said(WORDS, 1))
    rumour = _taken_up(cast)
    with monkeypatch.context() as broken:
        broken.setattr(reading, "_ranked", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            heard(source, said(WORDS, 2))
    read()
    assert queries.growth(rumour, at=NOON)["all"] == 2


def _taken_up(cast: Cast) -> Rumour:
    claim = claims.ranked("communications", at=NOON)[0]["claim"]
    told = heard_of("communications", claim, at=NOON)
    assert told
    glimpse = told.glimpse(Glimpse(told.source, count=told.count))
    return entered(cast, claim=WORDS, question=QUESTION, glimpse=glimpse)

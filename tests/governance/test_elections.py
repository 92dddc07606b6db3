"""Before an election the guard knows who stands, and whoever writes is told."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from hue.audit.models import Entry
from hue.governance import actions
from hue.governance.models import Election
from hue.people.access import Refused
from hue.publishing import actions as publishing
from hue.publishing.actions.compose import Draft
from tests.cast import NOON, Cast

FINCH = "Councillor Rosa Finch joined us on patrol."
SOON = NOON + timedelta(days=1)
LATER = NOON + timedelta(days=20)


def noted(cast: Cast, **also: Any) -> Election:
    told = {"starts_at": SOON, "ends_at": LATER, "candidates": ["Rosa Finch"], **also}
    return actions.note_election(by=cast.comms, at=NOON, name="Council", **told)


def state(cast: Cast, at: Any) -> str:
    return publishing.compose(by=cast.officer, at=at, draft=Draft(FINCH)).state


def test_whoever_stands_is_named_only_past_a_second_person_while_the_period_runs(
    cast: Cast,
) -> None:
    noted(cast)
    assert state(cast, NOON) == "published"
    post = publishing.compose(by=cast.officer, at=SOON, draft=Draft(FINCH))
    assert (post.state, "Before an election" in post.note) == ("in_review", True)
    assert state(cast, LATER) == "published"


def test_communications_and_gold_say_so_and_nobody_else(cast: Cast) -> None:
    with pytest.raises(Refused, match="communications, gold"):
        actions.note_election(
            by=cast.sergeant, at=NOON, name="X", starts_at=SOON, ends_at=LATER, candidates=[]
        )
    with pytest.raises(Refused, match="ends before it begins"):
        noted(cast, ends_at=SOON)
    with pytest.raises(Refused, match="over already"):
        noted(cast, starts_at=NOON - timedelta(days=9), ends_at=NOON - timedelta(days=1))
    assert not Election.objects.exists()


def test_names_change_and_the_period_ends_when_somebody_says_so(cast: Cast) -> None:
    election = noted(cast, starts_at=NOON, candidates=[])
    assert state(cast, NOON) == "published"
    actions.change_candidates(by=cast.comms, at=NOON, election=election, candidates=["Rosa Finch"])
    assert state(cast, NOON) == "in_review"
    actions.end_election(by=cast.comms, at=NOON, election=election)
    actions.end_election(by=cast.comms, at=NOON, election=election)
    assert state(cast, NOON) == "published"
    with pytest.raises(Refused, match="is over"):
        actions.change_candidates(by=cast.comms, at=NOON, election=election, candidates=["X"])
    kinds = list(Entry.objects.filter(kind__startswith="election.").values_list("kind", flat=True))
    assert kinds.count("election.ended") == 1
    assert kinds.count("election.candidates") == 2


def test_it_is_noted_on_the_desk_and_the_compose_box_says_so(cast: Cast, client: Client) -> None:
    client.force_login(cast.comms)
    page = client.get("/desk/elections/").content.decode()
    assert "No election is near" in page
    said = {
        "name": "Council",
        "starts_at": "2020-01-01T08:00",
        "ends_at": "2120-01-01T22:00",
        "candidates": "Rosa Finch\r\n\r\nThe Lamp Party\r\nRosa Finch",
    }
    wrong = client.post("/desk/elections/", {**said, "ends_at": "2019-01-01T22:00"})
    assert wrong.status_code == 422
    assert "ends before it begins" in wrong.content.decode()
    assert client.post("/desk/elections/", said).status_code == 302
    election = Election.objects.get()
    assert election.candidates == ["Rosa Finch", "The Lamp Party"]
    assert "An election period runs (Council)" in client.get("/desk/phone/").content.decode()
    names = f"/desk/elections/{election.pk}/names/"
    assert client.post(names, {"candidates": "Ann Teal"}).status_code == 302
    client.force_login(cast.sergeant)
    page = client.get("/desk/elections/").content.decode()
    assert "Ann Teal" in page
    assert "Note an election" not in page
    assert client.post("/desk/elections/", said).status_code == 422
    assert client.post(f"/desk/elections/{election.pk}/end/").status_code == 403
    client.force_login(cast.comms)
    assert client.post(f"/desk/elections/{election.pk}/end/").status_code == 302
    assert "An election period runs" not in client.get("/desk/phone/").content.decode()

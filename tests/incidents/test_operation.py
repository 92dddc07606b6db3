"""A live operation shuts place, numbers, tactics and times of its incident; stood down releases."""

from datetime import timedelta

import pytest
from django.test import Client

from hue.audit.models import Entry
from hue.audit.record import read_aloud
from hue.incidents import actions
from hue.incidents.models import Incident
from hue.people.access import Refused
from hue.people.models import Officer
from hue.people.queries import system
from hue.publishing import actions as publishing
from hue.publishing.actions.compose import Draft
from hue.publishing.models import Post, Review
from tests.cast import NOON, Cast

WHERE = "Officers are on Oakfield Road. All calm."
NOTE = "A search warrant is being carried out."


def flag(by: Officer, incident: Incident, operation: str, note: str = NOTE) -> None:
    actions.flag_operation(by=by, at=NOON, incident=incident, operation=operation, note=note)
    incident.refresh_from_db()


def recheck(incident: Incident) -> None:
    publishing.recheck(by=system(), at=NOON, incident=incident)


def test_whoever_commands_says_so_with_a_sentence(cast: Cast, burglary: Incident) -> None:
    with pytest.raises(Refused, match="may not say that an operation is live"):
        flag(cast.officer, burglary, "live")
    with pytest.raises(Refused, match="in a sentence"):
        flag(cast.sergeant, burglary, "live", " ")
    with pytest.raises(Refused, match="Only an operation that is live"):
        flag(cast.sergeant, burglary, "stood_down")
    flag(cast.sergeant, burglary, "live")
    with pytest.raises(Refused, match="said already"):
        flag(cast.sergeant, burglary, "live")
    burglary.refresh_from_db()
    assert (burglary.operation, burglary.operation_note) == ("live", NOTE)
    sentence = read_aloud(Entry.objects.get(kind="case.operation"))
    assert sentence == f"Sergeant Priya set the operation of an incident to live: {NOTE}"


def test_what_was_said_before_is_hidden_and_can_be_shown_when_it_is_stood_down(
    cast: Cast, burglary: Incident
) -> None:
    post = publishing.compose(by=cast.officer, at=NOON, draft=Draft(WHERE, incident=burglary))
    assert post.state == "published"
    flag(cast.sergeant, burglary, "live")
    recheck(burglary)
    post.refresh_from_db()
    assert post.state == "hidden"
    assert "The operation is live" in Review.objects.get().why
    with pytest.raises(Refused, match="The operation is live"):
        publishing.restore(by=cast.sergeant, at=NOON, post=post, reason="All over.")
    flag(cast.sergeant, burglary, "stood_down", "All are back.")
    recheck(burglary)
    assert "What stopped it is over" in Review.objects.get().why
    publishing.restore(by=cast.sergeant, at=NOON, post=post, reason="All over.")
    post.refresh_from_db()
    assert (post.state, post.text) == ("published", WHERE)


def test_a_draft_that_it_stopped_says_when_nothing_stops_it_any_more(
    cast: Cast, burglary: Incident
) -> None:
    flag(cast.sergeant, burglary, "live")
    post = publishing.compose(by=cast.officer, at=NOON, draft=Draft(WHERE, incident=burglary))
    assert (post.state, "operation is live" in post.note) == ("draft", True)
    flag(cast.sergeant, burglary, "stood_down", "All are back.")
    recheck(burglary)
    post.refresh_from_db()
    assert post.note == ""
    assert publishing.submit(by=cast.officer, at=NOON, post=post).state == "published"


def test_the_case_page_and_the_compose_box_carry_the_banner(
    cast: Cast, burglary: Incident, client: Client
) -> None:
    address = f"/desk/incidents/{burglary.pk}/"
    client.force_login(cast.officer)
    assert "An operation is live" not in client.get("/desk/phone/").content.decode()
    assert client.post(address + "operation/", {"note": NOTE}).status_code == 403
    client.force_login(cast.sergeant)
    assert client.post(address + "operation/", {"note": ""}).status_code == 422
    page = client.post(address + "operation/", {"note": NOTE}, follow=True).content.decode()
    assert f"<b>An operation is live.</b> {NOTE}" in page
    assert "Stand it down" in page
    client.force_login(cast.officer)
    for path in ("/desk/phone/", "/desk/posts/new/"):
        page = client.get(path).content.decode()
        assert "An operation is live (Burglary, Kings Heath)." in page
    client.force_login(cast.guest)
    assert "An operation is live" not in client.get("/desk/phone/").content.decode()
    client.force_login(cast.sergeant)
    client.post(address + "operation/", {"note": "All are back."})
    assert "An operation is live" not in client.get("/desk/phone/").content.decode()
    assert "Stood down on" in client.get(address).content.decode()


def test_words_of_an_outcome_pass_the_guard_with_all_that_is_known(
    cast: Cast, burglary: Incident, client: Client
) -> None:
    client.force_login(cast.officer)
    address = f"/desk/incidents/{burglary.pk}/outcome/"
    answer = client.post(address, {"code": "", "words": "A man has been charged."})
    assert answer.status_code == 422
    assert "the victim has not been told yet" in answer.content.decode()
    burglary.refresh_from_db()
    assert burglary.outcome_words == ""
    when = NOON - timedelta(hours=1)
    actions.inform_victim(by=cast.officer, at=NOON, incident=burglary, when=when)
    with pytest.raises(Refused, match="telephone number"):
        actions.note_outcome(
            by=cast.officer, at=NOON, incident=burglary, words="Thanks to Dan, 07700 900123."
        )
    actions.note_outcome(
        by=cast.officer, at=NOON, incident=burglary, words="A man has been charged."
    )
    burglary.refresh_from_db()
    assert burglary.outcome_words == "A man has been charged."
    assert not Post.objects.exists()

"""Words beside the posts pass the guard too: priorities, teams, events, what an officer says."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from hue.events import actions as events
from hue.events.models import LiveEvent
from hue.governance import actions as governance
from hue.guard import check
from hue.guard.finding import Severity
from hue.guard.rule import Rule
from hue.people import actions
from hue.people.access import Refused
from hue.people.models import Officer, Priority, Team
from hue.publishing import actions as publishing
from hue.publishing.actions.compose import Draft
from hue.publishing.models import Post
from tests.cast import NOON, Cast

PHONE = "Ring Dan on 07700 900123."
STOPS = "somebody's telephone number"


def _breaks(reading: object) -> list[Any]:
    raise ZeroDivisionError("a rule with a fault")


@pytest.fixture
def broken_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = Rule(
        id="TEST.broken",
        family="tone",
        severity=Severity.ADVICE,
        wrong="Wrong.",
        right="Right.",
        source="A test",
        find=_breaks,  # type: ignore[arg-type]
        caught=(),
        let_through=(),
    )
    monkeypatch.setattr(check, "_guard", lambda policy: check.Guard(policy, (rule,)))


@pytest.fixture
def manager(cast: Cast) -> Officer:
    cast.stranger.roles = ["administrator"]
    cast.stranger.save()
    return cast.stranger


def test_a_priority_tells_no_telephone_number(cast: Cast) -> None:
    told: dict[str, Any] = {"by": cast.officer, "at": NOON}
    place = cast.kings_heath
    for words in (
        {"you_said": PHONE, "we_did": "Patrols."},
        {"you_said": "Bikes", "we_did": PHONE},
    ):
        with pytest.raises(Refused, match=STOPS):
            actions.add_priority(**told, neighbourhood=place, **words)
    kept = actions.add_priority(**told, neighbourhood=place, you_said="Bikes", we_did="Patrols.")
    for act in (actions.review_priority, actions.end_priority):
        with pytest.raises(Refused, match=STOPS):
            act(**told, priority=kept, we_did=PHONE)
    kept.refresh_from_db()
    assert (kept.we_did, kept.ended_at) == ("Patrols.", None)


def test_the_page_says_why_and_keeps_what_was_typed(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    said = {"you_said": "Bikes are stolen", "we_did": PHONE}
    answer = client.post("/desk/priorities/kings-heath/", said)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "telephone number" in page
    assert "Bikes are stolen" in page
    assert not Priority.objects.exists()


def test_advice_is_told_and_stops_nothing(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    said = {"you_said": "Bikes", "we_did": "The MOP has them back."}
    page = client.post("/desk/priorities/kings-heath/", said, follow=True).content.decode()
    assert "The guard advises" in page
    assert Priority.objects.get().we_did == "The MOP has them back."


def test_an_officer_s_public_line_and_a_team_s_presence_are_read(
    cast: Cast, manager: Officer, client: Client
) -> None:
    client.force_login(cast.officer)
    answer = client.post("/desk/me/public/", {"public": "on", "line": PHONE})
    assert answer.status_code == 422
    assert "telephone number" in answer.content.decode()
    cast.officer.refresh_from_db()
    assert not cast.officer.public
    team = Team.objects.get()
    words = "write to dan.miller@gmail.com"
    with pytest.raises(Refused, match="e-mail"):
        actions.change_team(by=manager, at=NOON, team=team, name=team.name, presence=words)
    with pytest.raises(Refused, match=STOPS):
        actions.add_unit(by=manager, at=NOON, name=PHONE)
    with pytest.raises(Refused, match=STOPS):
        actions.add_team(by=manager, at=NOON, neighbourhood=cast.kings_heath, name=PHONE)


def test_a_charter_is_read_before_it_is_public(cast: Cast) -> None:
    told: dict[str, Any] = {
        "by": cast.comms,
        "at": NOON,
        "unit": cast.unit,
        "name": "A night",
        "purpose": "To show a night.",
        "afterwards": "The page stays.",
        "starts_at": NOON + timedelta(days=1),
        "ends_at": NOON + timedelta(days=2),
    }
    for field in ("name", "purpose", "introduction", "afterwards"):
        with pytest.raises(Refused, match=STOPS):
            events.plan(hashtag="night24", **{**told, field: PHONE})
    event = events.plan(hashtag="night24", **told)
    with pytest.raises(Refused, match=STOPS):
        events.amend(by=cast.comms, at=NOON, event=event, introduction=PHONE)
    assert LiveEvent.objects.get(hashtag="night24").introduction == ""


def test_what_needs_a_second_person_is_written_by_those_who_may_be_one(cast: Cast) -> None:
    """Nobody looks at these words a second time."""
    governance.note_election(
        by=cast.comms,
        at=NOON,
        name="Council",
        starts_at=NOON,
        ends_at=NOON + timedelta(days=20),
        candidates=["Rosa Finch"],
    )
    words = {"you_said": "Bikes", "we_did": "Rosa Finch joined us on patrol."}
    with pytest.raises(Refused, match="only somebody who may approve posts"):
        actions.add_priority(by=cast.officer, at=NOON, neighbourhood=cast.kings_heath, **words)
    actions.add_priority(by=cast.sergeant, at=NOON, neighbourhood=cast.kings_heath, **words)


def test_a_broken_rule_lets_nothing_through_unread(cast: Cast, broken_rule: None) -> None:
    with pytest.raises(Refused, match="ask the desk"):
        actions.set_public(by=cast.officer, at=NOON, public=True, line="I know every shop.")


def test_why_a_post_is_taken_back_does_not_repeat_the_harm(cast: Cast) -> None:
    post = publishing.compose(by=cast.officer, at=NOON, draft=Draft("Puppy found."))
    with pytest.raises(Refused, match=STOPS):
        publishing.withdraw(by=cast.sergeant, at=NOON, post=post, reason=f"It said: {PHONE}")
    with pytest.raises(Refused, match=STOPS):
        publishing.correct(
            by=cast.sergeant, at=NOON, post=post, seen=1, text="A puppy.", reason=PHONE
        )
    assert Post.objects.get().state == "published"


def test_a_broken_rule_holds_no_withdrawal_up(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    post = publishing.compose(by=cast.officer, at=NOON, draft=Draft("Puppy found."))
    request.getfixturevalue("broken_rule")
    done = publishing.withdraw(by=cast.sergeant, at=NOON, post=post, reason="It was not ours.")
    assert done.state == "withdrawn"

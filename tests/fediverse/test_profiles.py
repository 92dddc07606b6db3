"""Whoever follows sees a new name, line or picture at once, not when pages are next rebuilt."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from hue.events import actions as events
from hue.events.models import LiveEvent
from hue.fediverse import actions, jobs
from hue.fediverse.models import Activity, Actor
from hue.media import actions as media
from hue.people import actions as people
from hue.people.models import Officer, Team
from tests.cast import NOON, Cast
from tests.fediverse.conftest import opened
from tests.media.test_pictures import photo
from tests.publishing.public import read, written

LATER = NOON + timedelta(hours=1)


def worked() -> list[dict[str, str]]:
    """Does what was deferred; the profiles that were told then."""
    assert ProcrastinateJob.objects.filter(task_name="fediverse.profiles", status="todo").exists()
    jobs.profiles()
    bodies = Activity.objects.filter(kind="Update").order_by("pk").values_list("body", flat=True)
    return [json.loads(body)["object"] for body in bodies]


@pytest.fixture
def amina(cast: Cast) -> Actor:
    people.set_public(by=cast.officer, at=NOON, public=True, line="Ask me about bikes.")
    own = {"kind": "officer", "key": str(cast.officer.pk), "name": "amina"}
    return actions.open_account(by=cast.officer, at=NOON, **own)


def renamed(cast: Cast) -> None:
    told = {"officer": cast.officer, "name": "Amina Khan", "rank": "PC", "collar_number": ""}
    people.change_details(by=_manager(), at=LATER, **told)


def new_line(cast: Cast) -> None:
    people.set_public(by=cast.officer, at=LATER, public=True, line="Ask me about dogs.")


def new_face(cast: Cast) -> None:
    media.show_portrait(by=cast.officer, at=LATER, content=photo(600, 600))


def _manager() -> Officer:
    return Officer.objects.create(username="may", name="May", roles=["administrator"])


@pytest.mark.parametrize("change", [renamed, new_line, new_face])
def test_an_officers_own(cast: Cast, amina: Actor, change: Callable[[Cast], None]) -> None:
    written()
    before = read("actors/amina.activity.json")
    jobs.profiles()
    assert not Activity.objects.exists(), "nothing has changed yet"
    change(cast)
    (told,) = worked()
    assert told["id"].endswith("/actors/amina/")
    written()
    now = read("actors/amina.activity.json")
    assert now != before
    shown = json.loads(now)
    assert {name: shown[name] for name in told} == told
    jobs.profiles()
    assert Activity.objects.count() == 1, "told once"


def test_a_teams_name_and_an_events_charter(cast: Cast) -> None:
    opened(cast, "team", "kings-heath-team", "kh_team")
    opened(cast, "event", "day24", "day24")
    team = Team.objects.get()
    people.change_team(by=_manager(), at=LATER, team=team, name="Kings Heath bikes", presence="")
    assert [told["name"] for told in worked()] == ["Kings Heath bikes"]
    Activity.objects.all().delete()
    LiveEvent.objects.update(state="planned")
    events.amend(by=cast.comms, at=LATER, event=cast.event, purpose="To show a night's work.")
    (told,) = worked()
    assert "night" in told["summary"]


def test_a_closed_account_says_nothing_more(cast: Cast, amina: Actor) -> None:
    actions.close_account(by=cast.officer, at=NOON, actor=amina, reason="I move on.")
    Activity.objects.all().delete()
    renamed(cast)
    assert worked() == []

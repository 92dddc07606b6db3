"""The demonstration plays through the real actions, once, whatever stops it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from hue.demo.load import load
from hue.demo.models import CueRow, Progress
from hue.demo.play import play_due
from hue.events import actions as events
from hue.events.models import LiveEvent
from hue.incidents.case import facts
from hue.incidents.models import Incident
from hue.lib import clock
from hue.pages import shell
from hue.people import queries as people
from hue.people.models import Officer
from hue.people.roles import ROLES
from hue.publishing.models import Post
from hue.training import queries as training

OPENS = datetime(2026, 7, 9, 6, 0, tzinfo=UTC)


@pytest.fixture
def loaded(db: None) -> None:
    shell.forget()
    load(opens=OPENS, rate=60)
    event = LiveEvent.objects.get()
    events.move(by=people.system(), at=OPENS, event=event, state="live")


def play_until(at: datetime) -> None:
    while play_due(at=at):
        pass


def test_every_role_has_somebody_who_can_sign_in(loaded: None) -> None:
    held = {role for officer in Officer.objects.serving() for role in officer.roles}
    assert held == ROLES.keys() - {"system"}


def test_loading_twice_is_loading_once(loaded: None) -> None:
    load(opens=OPENS, rate=60)
    assert Progress.objects.count() == LiveEvent.objects.count() == 1


def test_the_new_officer_is_half_way_and_has_asked_the_desk(loaded: None) -> None:
    ellis = Officer.objects.get(practice=True)
    passed, all_ = training.progress(ellis)
    assert (passed, all_) == (5, 12)
    mentoring = training.mentoring_of(ellis)
    assert mentoring is not None
    assert mentoring.state == "not_yet"
    assert training.said_to(ellis).count() == 2
    assert training.unread_by(ellis).count() == 1


def test_the_whole_day_and_what_came_of_it_can_be_played(loaded: None) -> None:
    """Played once, since it is long: looked at in the afternoon, and days later."""
    play_until(OPENS + timedelta(hours=11))
    _the_lost_puppy_is_found()
    _some_cases_have_people_an_order_and_an_end(at=OPENS + timedelta(hours=11))
    play_until(OPENS + timedelta(days=6))
    assert not CueRow.objects.exclude(note="").values_list("key", "note")
    assert not CueRow.objects.filter(played_at=None).exists()
    assert Post.objects.public().count() >= 500
    assert Post.objects.filter(state="withdrawn").count() == 3
    _the_victim_heard_of_each_outcome_before_the_public()


def _the_lost_puppy_is_found() -> None:
    puppy = Post.objects.get(text__startswith="Puppy found")
    assert "Back home" in puppy.html
    assert puppy.incident is not None
    assert puppy.incident.state == "over"


def _some_cases_have_people_an_order_and_an_end(*, at: datetime) -> None:
    case = facts(Incident.objects.get(log_reference="137"), at=at)
    assert [step.state for step in case.incident.proceedings] == ["arrested", "charged"]
    assert {step.person for step in case.incident.proceedings} == {case.persons[0].id}
    assert case.orders[0].words == ("Hobbin Lane Bakery",)
    assert Incident.objects.get(log_reference="151").found_at
    assert Incident.objects.get(log_reference="390").found_at is None


def _the_victim_heard_of_each_outcome_before_the_public() -> None:
    told = Incident.objects.filter(state="over", has_victim=True)
    assert told.count() > 20
    assert not told.filter(victim_informed_at=None).exists()


def test_time_goes_on_from_where_it_was_whatever_day_it_is(
    loaded: None, settings: LazySettings
) -> None:
    settings.HUE_DEMONSTRATION = True
    try:
        call_command("demo", at="08:00")
        assert Progress.objects.get().shown_at == OPENS + timedelta(hours=1)
        assert OPENS + timedelta(hours=1) <= clock.now() < OPENS + timedelta(hours=3)
        assert not CueRow.objects.due(at=OPENS + timedelta(hours=1)).exists()
        call_command("demo", speed=1)
        assert clock.rate() == 1
        call_command("demo")
        assert clock.rate() == 1, "the next start goes on at the pace that was asked for"
        assert clock.now() - OPENS < timedelta(hours=1, minutes=2)
        with pytest.raises(CommandError, match="time does not go back"):
            call_command("demo", at="07:30")
    finally:
        clock.reset()

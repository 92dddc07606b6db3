"""A post about an incident owes the public what came of it."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from hue.audit.models import Entry
from hue.incidents import actions as incidents
from hue.incidents.models import Incident
from hue.lib import clock
from hue.pages.build import write_stale
from hue.people import queries as people
from hue.people.models import Officer
from hue.publishing import actions, jobs
from hue.publishing.actions.compose import Draft
from hue.publishing.models import OutcomeOwed, Post
from hue.streams.models import Told
from tests.cast import NOON, Cast
from tests.publishing.public import holding, written

WEEK = timedelta(days=7)


@pytest.fixture
def incident(cast: Cast) -> Incident:
    incident = incidents.report(
        by=cast.officer, at=NOON, kind="theft", happened_at=NOON, neighbourhood=cast.kings_heath
    )
    incidents.inform_victim(by=cast.officer, at=NOON, incident=incident, when=NOON)
    return incident


@pytest.fixture
def post(cast: Cast, incident: Incident) -> Post:
    draft = Draft("A bicycle was taken.", kind="incident", incident=incident, event=cast.event)
    return actions.compose(by=cast.officer, at=NOON, draft=draft)


def run(job: str, at: datetime) -> None:
    clock.run_at(0, shown=at)
    getattr(jobs, job)()


@pytest.fixture(autouse=True)
def _clock_again() -> object:
    yield
    clock.reset()


def line(post: Post) -> str:
    post.refresh_from_db()
    return post.html


def test_the_officer_is_reminded_once_and_the_public_line_says_update_due(
    cast: Cast, post: Post, settings: LazySettings
) -> None:
    run("remind", NOON + WEEK - timedelta(minutes=1))
    assert "update due" not in line(post)
    run("remind", NOON + WEEK)
    run("remind", NOON + WEEK + timedelta(hours=1))
    assert "update due" in line(post)
    write_stale(at=NOON + WEEK)
    assert "update due" in Path(settings.PUBLIC_ROOT, "events/day24.html").read_text()
    assert Told.objects.filter(topic=f"officer/{cast.officer.pk}", kind="reminder").count() == 1
    assert Told.objects.filter(topic="event/day24", kind="changed").count() == 1
    assert Entry.objects.filter(kind="outcome.reminded").count() == 1


def test_days_later_the_supervisors_are_reminded_once(cast: Cast, post: Post) -> None:
    run("remind", NOON + WEEK)
    run("remind", NOON + WEEK + timedelta(days=1))
    assert not Told.objects.filter(topic="desk", kind="reminder").exists()
    run("remind", NOON + WEEK + timedelta(days=2))
    run("remind", NOON + WEEK + timedelta(days=3))
    assert Told.objects.filter(topic="desk", kind="reminder").count() == 1


def test_a_noted_outcome_settles_the_debt_and_reaches_the_public(
    cast: Cast, incident: Incident, post: Post, settings: LazySettings
) -> None:
    run("remind", NOON + WEEK)
    at = NOON + WEEK + timedelta(hours=1)
    incidents.note_outcome(by=cast.officer, at=at, incident=incident, code="8")
    run("tell_news", at)
    run("tell_news", at)
    assert OutcomeOwed.objects.get().settled_at == at
    assert "Put right without court" in line(post)
    assert "update due" not in line(post)
    assert "tag-over" in line(post)
    told = Told.objects.filter(topic="event/day24", kind="changed").latest("id")
    assert "Put right without court" in told.data["html"]
    write_stale(at=at)
    page = Path(settings.PUBLIC_ROOT, f"posts/{post.id}.html").read_text()
    assert "Put right without court" in page


def test_no_outcome_is_public_before_the_victim_knows(
    cast: Cast, incident: Incident, post: Post
) -> None:
    Incident.objects.update(victim_informed_at=None)
    incidents.note_outcome(by=cast.officer, at=NOON, incident=incident, code="8")
    run("tell_news", NOON)
    written()
    assert holding("Put right without court") == []
    assert "tag-over" not in line(post)
    assert OutcomeOwed.objects.open().exists()
    incidents.inform_victim(by=cast.officer, at=NOON, incident=incident, when=NOON)
    run("tell_news", NOON)
    written()
    assert f"posts/{post.pk}.html" in holding("Put right without court")
    assert not OutcomeOwed.objects.open().exists()


def test_no_outcome_is_public_while_a_court_postpones_every_report(
    cast: Cast, sio: Officer, incident: Incident, post: Post
) -> None:
    incidents.note_outcome(by=cast.officer, at=NOON, incident=incident, code="8")
    run("tell_news", NOON)
    assert "Put right without court" in line(post)
    order = incidents.note_order(by=sio, at=NOON, incident=incident, kind="postpone", made_at=NOON)
    run("tell_news", NOON)
    written()
    assert holding("Put right without court") == []
    incidents.lift_order(by=sio, at=NOON, order=order, when=NOON)
    run("tell_news", NOON)
    assert "Put right without court" in line(post)


def test_an_incident_that_is_opened_again_owes_again(
    cast: Cast, incident: Incident, post: Post
) -> None:
    incidents.note_outcome(by=cast.officer, at=NOON, incident=incident, code="18")
    run("tell_news", NOON)
    later = NOON + timedelta(days=30)
    incidents.note_outcome(by=cast.officer, at=later, incident=incident, code="0")
    run("tell_news", later)
    owed = OutcomeOwed.objects.get()
    assert (owed.settled_at, owed.due_at) == (None, later + WEEK)
    assert "tag-over" not in line(post)


def test_a_post_that_tells_the_outcome_settles_the_debt(cast: Cast, post: Post) -> None:
    draft = Draft("The bicycle is back.", kind="outcome", thread=post)
    actions.compose(by=cast.officer, at=NOON + timedelta(hours=1), draft=draft)
    run("remind", NOON + WEEK)
    assert "update due" not in line(post)


def test_a_post_about_what_is_over_already_owes_nothing(cast: Cast, incident: Incident) -> None:
    incidents.note_outcome(by=cast.officer, at=NOON, incident=incident, code="1")
    draft = Draft("Charged this morning.", kind="incident", incident=incident)
    post = actions.compose(by=cast.officer, at=NOON, draft=draft)
    assert not OutcomeOwed.objects.exists()
    assert "Charged" in post.html


def test_a_withdrawn_post_is_neither_due_nor_told_anew(
    cast: Cast, incident: Incident, post: Post
) -> None:
    actions.withdraw(by=cast.sergeant, at=NOON, post=post, reason="The wrong street.")
    incidents.note_outcome(by=cast.officer, at=NOON, incident=incident, code="8")
    run("tell_news", NOON)
    run("remind", NOON + WEEK)
    assert "Put right" not in line(post)
    assert "update due" not in line(post)


def test_the_incidents_page_shows_what_was_said_and_what_is_owed(
    cast: Cast, incident: Incident, post: Post, client: Client
) -> None:
    client.force_login(cast.officer)
    page = client.get(f"/desk/incidents/{incident.pk}/").content.decode()
    assert "A bicycle was taken." in page
    assert "owes the public what came of it: due Thursday 16 July, 12:00" in page
    listed = client.get("/desk/incidents/?owes=on").context["page"]
    assert [row.pk for row in listed] == [incident.pk]
    incidents.note_outcome(by=cast.officer, at=NOON, incident=incident, code="8")
    actions.tell_news(by=people.system(), at=NOON, incident=incident)
    assert list(client.get("/desk/incidents/?owes=on").context["page"]) == []


def test_who_was_reminded_is_told_on_every_screen_until_the_public_was(
    cast: Cast, incident: Incident, post: Post, client: Client
) -> None:
    client.force_login(cast.officer)
    says = "The public waits to hear what came of a post of yours."
    assert says not in client.get("/desk/posts/mine/").content.decode()
    run("remind", NOON + WEEK)
    mine = client.get("/desk/posts/mine/").content.decode()
    assert says in mine
    assert "the public waits for the outcome since Thursday 16 July" in mine
    incidents.note_outcome(by=cast.officer, at=NOON + WEEK, incident=incident, code="8")
    run("tell_news", NOON + WEEK)
    assert says not in client.get("/desk/posts/mine/").content.decode()

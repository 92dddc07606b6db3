"""Priorities are reviewed every three months: who forgets is reminded, and the public sees it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from hue.audit.models import Entry
from hue.audit.record import read_aloud
from hue.lib import clock
from hue.people import actions
from hue.people.jobs import remind_of_reviews
from hue.people.models import Neighbourhood, Officer, Priority
from hue.streams.models import Told
from tests.cast import NOON, Cast
from tests.publishing.public import read, written

LATER = NOON + timedelta(days=92)
SAYS = "Residents of Kings Heath were promised a review of their priorities by now."


@pytest.fixture
def priority(cast: Cast) -> Iterator[Priority]:
    clock.run_at(1, shown=NOON)
    yield actions.add_priority(
        by=cast.officer,
        at=NOON,
        neighbourhood=cast.kings_heath,
        you_said="Speeding at the school.",
        we_did="Checks each week.",
    )
    clock.reset()


def three_months_pass() -> None:
    clock.run_at(1, shown=LATER)
    remind_of_reviews()
    remind_of_reviews()
    written()


def desk(client: Client, officer: Officer) -> str:
    client.force_login(officer)
    return client.get("/desk/priorities/", follow=True).content.decode()


def test_the_public_reads_when_it_was_reviewed_and_when_that_is_late(priority: Priority) -> None:
    written()
    page = read("neighbourhoods/kings-heath.html")
    assert "Reviewed in July 2026, next by October 2026" in page
    assert "review due" not in page
    three_months_pass()
    page = read("neighbourhoods/kings-heath.html")
    assert 'Reviewed in July 2026 <b class="tag tag-due">review due</b>' in page


def test_the_team_and_its_supervisors_are_told_once_until_it_is_done(
    cast: Cast, priority: Priority, client: Client
) -> None:
    assert SAYS not in desk(client, cast.officer)
    three_months_pass()
    for officer in (cast.officer, cast.sergeant):
        page = desk(client, officer)
        assert SAYS in page
        assert 'href="/desk/priorities/kings-heath/"' in page
        assert "review due" in page
    entries = Entry.objects.filter(kind="priority.reminded")
    assert [read_aloud(entry) for entry in entries] == [
        "Hue & Cry said that a review is due in Kings Heath: Speeding at the school."
    ]
    assert Told.objects.filter(topic="desk", kind="reminder").count() == 1
    actions.review_priority(by=cast.officer, at=LATER, priority=priority, we_did="A crossing.")
    written()
    assert SAYS not in desk(client, cast.officer)
    assert "Reviewed in October 2026, next by January 2027" in read(
        "neighbourhoods/kings-heath.html"
    )


def test_after_a_review_the_next_one_is_due_again(cast: Cast, priority: Priority) -> None:
    three_months_pass()
    priority.refresh_from_db()
    actions.review_priority(by=cast.officer, at=LATER, priority=priority, we_did="A crossing.")
    clock.run_at(1, shown=LATER + timedelta(days=92))
    remind_of_reviews()
    assert Entry.objects.filter(kind="priority.reminded").count() == 2


def test_others_are_not_reminded(cast: Cast, priority: Priority, client: Client) -> None:
    elsewhere = Neighbourhood.objects.create(
        unit=cast.unit, slug="moseley", name="Moseley", latitude=52.4, longitude=-1.9
    )
    other = Officer.objects.create(
        username="zoe", name="Zoe", roles=cast.officer.roles, unit=cast.unit,
        team=elsewhere.teams.create(slug="moseley-team", name="Moseley team"),
    )  # fmt: skip
    three_months_pass()
    assert SAYS not in desk(client, other)
    assert SAYS not in desk(client, cast.stranger)


def test_what_has_ended_is_not_due(cast: Cast, priority: Priority) -> None:
    actions.end_priority(by=cast.officer, at=NOON, priority=priority, we_did="It is quiet.")
    three_months_pass()
    assert not Entry.objects.filter(kind="priority.reminded").exists()

"""What an officer's own page says of their presence: coarse, by their choice, never a time."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from hue.lib import clock
from hue.people import actions as people
from hue.people.models import Officer
from hue.publishing import actions, jobs
from hue.publishing.actions.compose import Draft
from tests.cast import NOON, Cast
from tests.publishing.public import holding, read, written


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    clock.run_at(1, shown=NOON)
    yield
    clock.reset()


@pytest.fixture
def named(cast: Cast) -> Officer:
    cast.officer.team.presence = "weekday afternoons"
    cast.officer.team.save()
    return people.set_public(by=cast.officer, at=NOON, public=True)


def presence(officer: Officer) -> str:
    """The line of the page, as it is after the nightly job."""
    jobs.say_who_was_heard()
    jobs.sign_again(officer=officer.pk)
    written()
    page = read(f"officers/amina-{officer.pk}.html")
    found = re.search(r'<p class="soft">(Usually[^<]*|Heard[^<]*)</p>', page)
    return found[1] if found else ""


def test_it_says_where_and_whether_they_were_heard_lately(named: Officer) -> None:
    assert presence(named) == "Usually active in Kings Heath"
    actions.compose(by=named, at=NOON, draft=Draft("Puppy found."))
    assert presence(named) == "Usually active in Kings Heath, heard from this week"


@pytest.mark.parametrize(("days", "says"), [(6, "this week"), (8, "this month"), (32, "")])
def test_the_words_age_by_themselves(named: Officer, days: int, says: str) -> None:
    actions.compose(by=named, at=NOON, draft=Draft("Puppy found."))
    presence(named)
    clock.run_at(1, shown=NOON + timedelta(days=days))
    jobs.say_who_was_heard()
    written()
    page = read(f"officers/amina-{named.pk}.html")
    assert ("heard from" in page) is bool(says)
    assert f"heard from {says}" in page or not says


def test_the_hours_of_a_team_never_stand_on_one_persons_page(named: Officer) -> None:
    presence(named)
    assert "weekday afternoons" not in read(f"officers/amina-{named.pk}.html").lower()
    assert "Weekday afternoons" in read("teams/kings-heath-team.html")


def test_who_is_suspended_reads_like_anybody_who_is_silent(cast: Cast, named: Officer) -> None:
    other = Officer.objects.create(
        username="zoe", name="Zoe", roles=named.roles, team=named.team, public=True
    )
    for officer in (named, other):
        actions.compose(by=officer, at=NOON, draft=Draft("Puppy found."))
    people.suspend(by=cast.sergeant, at=NOON, officer=named, reason="An inquiry.")
    for days in (0, 6, 8, 32, 33):
        clock.run_at(1, shown=NOON + timedelta(days=days))
        jobs.say_who_was_heard()
        written()
        lines = {
            re.search(r'<p class="soft">(Usually[^<]*)</p>', read(page))[1]  # type: ignore[index]
            for page in (f"officers/amina-{named.pk}.html", f"officers/zoe-{other.pk}.html")
        }
        assert len(lines) == 1, lines


def test_who_did_not_choose_it_has_no_such_words_anywhere(cast: Cast) -> None:
    actions.compose(by=cast.officer, at=NOON, draft=Draft("Puppy found."))
    jobs.say_who_was_heard()
    written()
    assert holding("heard from") == []

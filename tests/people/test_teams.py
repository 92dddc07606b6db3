"""Units and teams, and what somebody is called: changed on the desk by those who may."""

import pytest
from django.test import Client

from hue.audit.models import Entry
from hue.audit.record import read_aloud
from hue.pages.models import Stale
from hue.people.models import LocalPolicingUnit, Officer, Team
from tests.cast import Cast


@pytest.fixture
def admin(cast: Cast, client: Client) -> Client:
    cast.comms.roles = ["administrator"]
    cast.comms.save()
    client.force_login(cast.comms)
    return client


def test_a_unit_and_a_team_are_added_on_the_page(cast: Cast, admin: Client) -> None:
    assert admin.post("/desk/teams/", {"name": "North"}).status_code == 302
    assert LocalPolicingUnit.objects.get(slug="north").force == cast.force
    new = {"name": "Night team", "neighbourhood": cast.kings_heath.pk}
    assert admin.post("/desk/teams/", new).status_code == 302
    page = admin.get("/desk/teams/").content.decode()
    assert "Night team" in page
    assert "hue import-areas FILE.geojson --unit north" in page
    again = admin.post("/desk/teams/", new)
    assert again.status_code == 422
    assert "There is a team “night-team” already" in again.content.decode()
    says = [read_aloud(entry) for entry in Entry.objects.filter(kind__startswith="team.")]
    assert says == ["Sam added the team Night team in Kings Heath."]


def test_when_a_team_is_reached_stands_on_its_public_pages(cast: Cast, admin: Client) -> None:
    team = Team.objects.get(neighbourhood=cast.kings_heath)
    told = {"name": "Heath team", "presence": "weekday afternoons"}
    assert admin.post(f"/desk/teams/{team.slug}/", told).status_code == 302
    team.refresh_from_db()
    assert (team.name, team.presence) == ("Heath team", "weekday afternoons")
    assert Stale.objects.filter(source="publishing.team", key=team.slug).exists()


def test_a_team_never_says_a_shift_pattern(cast: Cast, admin: Client) -> None:
    team = Team.objects.get(neighbourhood=cast.kings_heath)
    told = {"name": team.name, "presence": "weekdays 14:00 to 22:00"}
    answer = admin.post(f"/desk/teams/{team.slug}/", told)
    assert answer.status_code == 422
    assert "without times and dates" in answer.content.decode()
    team.refresh_from_db()
    assert team.presence == ""


def test_a_promotion_is_recorded_on_the_persons_page(cast: Cast, admin: Client) -> None:
    told = {"name": "Amina", "rank": "PC", "collar_number": "4711"}
    assert admin.post(f"/desk/people/{cast.officer.pk}/details/", told).status_code == 302
    changed = Officer.objects.get(pk=cast.officer.pk)
    assert (changed.rank, changed.collar_number) == ("PC", "4711")
    assert Entry.objects.filter(kind="person.changed").exists()
    page = admin.get(f"/desk/people/{cast.officer.pk}/").content.decode()
    assert 'value="4711"' in page

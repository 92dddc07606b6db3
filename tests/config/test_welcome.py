"""What is printed when everything runs."""

from typing import Any

from django.test import Client

from hue.config import welcome
from hue.demo.load import load
from hue.demo.signins import PASSWORD
from hue.people.models import Officer
from hue.people.roles import ROLES
from tests.cast import NOON, Cast


def test_the_demonstration_names_its_addresses_and_a_sign_in_for_each_role(
    cast: Cast, settings: Any
) -> None:
    settings.HUE_DEMONSTRATION = True
    shown = "\n".join(welcome.lines())
    assert "http://localhost:8000/events/day24/poster.pdf" in shown
    assert "http://localhost:8000/feed.rss" in shown
    assert "http://localhost:8000/desk/" in shown
    assert PASSWORD in shown
    for role, username in (("Supervisor", "priya"), ("Communications", "sam")):
        assert any(role in line and username in line for line in shown.splitlines())
    assert "Inspector Tom" not in shown  # a second supervisor


def test_without_the_demonstration_nobody_is_named(cast: Cast, settings: Any) -> None:
    settings.HUE_DEMONSTRATION = False
    shown = "\n".join(welcome.lines())
    assert PASSWORD not in shown
    assert "priya" not in shown


def test_addresses_that_somebody_chose_are_printed_as_they_are(cast: Cast, settings: Any) -> None:
    settings.HUE_SITE = "https://desk.example"
    shown = "\n".join(welcome.lines())
    assert "https://desk.example/desk/" in shown
    assert "localhost" not in shown


def test_a_name_that_leads_elsewhere_is_not_printed(cast: Cast, settings: Any) -> None:
    settings.HUE_BIND, settings.HUE_SITE = "127.0.0.2:8000", "http://127.0.0.2:8000"
    assert "http://127.0.0.2:8000/desk/" in "\n".join(welcome.lines())


def test_the_loaded_demonstration_has_one_sign_in_for_each_of_the_fourteen_roles(
    db: None, settings: Any
) -> None:
    settings.HUE_DEMONSTRATION = True
    load(opens=NOON, rate=1)
    shown = [line.split("  ") for line in welcome.lines()]
    roles = [role for role in ROLES.values() if role.slug != "system"]
    assert len(roles) == 14
    for role in roles:
        rows = [[part for part in row if part] for row in shown if role.name in row]
        assert len(rows) == 1, role.name
        username = rows[0][1].strip()
        officer = Officer.objects.get(username=username)
        assert role.slug in officer.roles
        client = Client()
        client.post("/sign-in/login/", {"login": username, "password": PASSWORD})
        assert client.session["_auth_user_id"] == str(officer.pk)

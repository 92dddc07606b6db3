"""An empty installation gets its force from the command line, and its first administrator."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from hue.audit.models import Entry
from hue.audit.record import read_aloud
from hue.people.models import Force, LocalPolicingUnit, Officer

pytestmark = pytest.mark.django_db
ADMIN = ("--admin", "Grace Olu", "--sign-in", "grace")


def new_force(*words: str) -> str:
    said = StringIO()
    call_command("new_force", *words, stdout=said)
    return said.getvalue()


def test_the_first_administrator_signs_in_by_the_link_that_is_printed(client: Client) -> None:
    said = new_force("Test Police", "--unit", "South", "--unit", "North", *ADMIN)
    assert {unit.slug for unit in LocalPolicingUnit.objects.all()} == {"south", "north"}
    entry = Entry.objects.get(kind="force.founded")
    assert read_aloud(entry) == "Hue & Cry set up Test Police with the units South, North."
    found = re.search(r"http://[^/]+(/sign-in/invitation/\S+)", said)
    assert found
    page = client.get(found[1])
    assert page.status_code == 200
    assert "Grace Olu" in page.content.decode()
    grace = Officer.objects.get(username="grace")
    assert grace.roles == ["administrator"]
    assert not grace.practice


def test_a_force_is_set_up_once_and_half_a_one_never(client: Client) -> None:
    new_force("Test Police", "--unit", "South", *ADMIN)
    with pytest.raises(CommandError, match="serves Test Police already"):
        new_force("Other Police", "--unit", "East", "--admin", "Ann", "--sign-in", "ann")
    assert Force.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("…", "--unit", "South"), "no name from which an address"),
        (("Test Police", "--unit", "South", "--unit", "south"), "the same address"),
    ],
)
def test_names_without_an_address_are_refused_with_a_sentence(
    words: tuple[str, ...], says: str
) -> None:
    with pytest.raises(CommandError, match=says):
        new_force(*words, *ADMIN)
    assert not Force.objects.exists()

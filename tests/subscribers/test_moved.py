"""Readers leave with the export, sealed, and read on at another desk: with their yes, told once."""

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.test import Client

from hue.channels.models import Copy, Delivery
from hue.lib import sealing
from hue.people.models import Neighbourhood
from hue.subscribers.choices import CONSENT
from hue.subscribers.models import Subscriber
from tests.cast import NOON
from tests.subscribers.conftest import Town
from tests.subscribers.postbox import link_in

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "owner"])]


@pytest.fixture
def moving(town: Town, tmp_path: Path) -> Town:
    """Readers of the old desk, with a post that they got; then the new desk, which has none."""
    town.reader("jo@home.example", topics=["team"], act_a_week="2")
    town.reader("al@home.example", topics=["team"], safe="on")
    town.ask("never@home.example")
    town.say()
    town.work()
    assert len(town.box.got) == 2
    call_command("export", str(tmp_path / "desk.tar.gz"), stdout=StringIO())
    Copy.objects.all().delete()
    Subscriber.objects.all().delete()
    town.box.got.clear()
    return town


def take_over(folder: Path, **also: object) -> str:
    said = StringIO()
    call_command("import_archive", str(folder / "desk.tar.gz"), by="sam", stdout=said, **also)
    return said.getvalue()


def test_readers_are_taken_over_with_their_yes_and_told_once(moving: Town, tmp_path: Path) -> None:
    assert "2 readers by e-mail and text message are new here" in take_over(tmp_path)
    rows = {row.address(): row for row in Subscriber.objects.reading()}
    assert set(rows) == {"jo@home.example", "al@home.example"}
    jo = rows["jo@home.example"]
    assert (jo.consent, jo.confirmed_at, jo.act_a_week) == (CONSENT, NOON, 2)
    assert [place.slug for place in jo.neighbourhoods.all()] == ["kings-heath"]
    for _ in range(2):
        moving.greet(at=NOON + timedelta(minutes=5))
    told = {to: letter for to, letter in moving.box.got}
    assert len(moving.box.got) == 2
    assert "will come from Test Police from now on" in told["jo@home.example"].get_content()
    assert "Police" not in str(told["al@home.example"])
    leave = link_in(told["jo@home.example"], "leave")
    assert Client().post(leave).status_code == 200
    assert Subscriber.objects.reading().count() == 1
    assert "Readers: The readers of Test Police were taken over on" in take_over(tmp_path)
    assert Subscriber.objects.reading().count() == 1, "who left stays away"


def test_a_reader_who_was_taken_over_gets_only_what_is_said_from_then_on(
    moving: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    soon = NOON + timedelta(minutes=1)
    monkeypatch.setattr("hue.lib.clock.now", lambda: soon)
    Delivery.objects.update(state="due", version=0, due_at=NOON)
    take_over(tmp_path)
    moving.greet(at=soon)
    moving.box.got.clear()
    moving.work(at=NOON + timedelta(hours=1))
    assert moving.box.got == [], "no letter twice"


def test_another_desks_addresses_open_by_its_key_alone(
    moving: Town, tmp_path: Path, settings: LazySettings
) -> None:
    old, settings.HUE_SEALING_KEY = settings.HUE_SEALING_KEY, sealing.new_key()
    with pytest.raises(CommandError, match="do not open with this key: give the old desk"):
        take_over(tmp_path)
    assert not Subscriber.objects.exists()
    (tmp_path / "key").write_text(f"{old}\n")
    assert "2 readers" in take_over(tmp_path, key=tmp_path / "key")
    assert {row.address() for row in Subscriber.objects.all()} == {
        "jo@home.example",
        "al@home.example",
    }


def test_nobody_loses_a_place_they_read_about(moving: Town, tmp_path: Path) -> None:
    Neighbourhood.objects.filter(slug="kings-heath").update(slug="other")
    assert "There is no neighbourhood kings-heath here" in take_over(tmp_path)
    assert not Subscriber.objects.exists()

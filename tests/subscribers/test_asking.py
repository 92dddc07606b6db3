"""Asking: floods are held without a word, nothing is kept of who never said yes, and it is sealed."""

import logging
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from hue.audit.models import Entry
from hue.channels.models import Account
from hue.people.access import Refused
from hue.people.models import Officer
from hue.people.queries import system
from hue.subscribers import actions, addresses
from hue.subscribers.choosing import Wish
from hue.subscribers.models import Leaving, Subscriber
from tests.cast import NOON
from tests.subscribers.conftest import Town
from tests.subscribers.postbox import link_in

JO = "jo@home.example"


def test_what_is_wrong_is_said_and_what_was_typed_stays(town: Town) -> None:
    answer = town.ask("jo at home", topics=["roads"], neighbourhoods=[])
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Write the whole e-mail address" in page
    assert "Choose at least one neighbourhood." in page
    assert 'value="jo at home"' in page
    assert 'value="roads" checked' in page
    assert 'value="theft" checked' not in page
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize(
    "address", ["a@b.example\r\nBcc: c@d.example", "a\x00@b.example", "@", "x" * 300]
)
def test_no_address_brings_a_line_of_its_own_into_a_letter(town: Town, address: str) -> None:
    assert town.ask(address).status_code in {400, 422}
    assert not Subscriber.objects.exists()


def test_the_answer_never_tells_whether_an_address_is_known(town: Town) -> None:
    town.reader(JO)
    known, new = town.ask(JO), town.ask("new@home.example")
    assert known.content == new.content
    town.greet()
    [letter] = town.box.to(JO)
    assert "Somebody asked to change the messages" in letter.get_content()
    assert Subscriber.objects.get(pk__isnull=False, state="reading").topics  # nothing changed yet


def test_a_flood_to_a_strangers_address_is_two_letters(town: Town) -> None:
    for _ in range(5):
        town.ask(JO)
        town.greet()
    assert len(town.box.to(JO)) == 2
    later = NOON + timedelta(days=8)
    actions.ask(
        by=system(),
        at=later,
        via="email",
        address=JO,
        source="x",
        wish=Wish(["kings-heath"], ["team"]),
    )
    town.greet(at=later)
    assert len(town.box.to(JO)) == 3


def test_a_flood_from_one_place_is_held_and_answered_as_ever(town: Town) -> None:
    answers = {town.ask(f"a{number}@home.example").content for number in range(12)}
    assert len(answers) == 1
    town.greet()
    assert len(town.box.got) == 6


def test_who_never_says_yes_is_forgotten(town: Town) -> None:
    town.ask(JO)
    town.greet()
    late = NOON + timedelta(days=3, minutes=1)
    [letter] = town.box.to(JO)
    row = Subscriber.objects.get()
    with pytest.raises(Refused, match="more than three days ago"):
        actions.confirm(by=system(), at=late, row=row)
    actions.forget(by=system(), at=late)
    assert not Subscriber.objects.exists()
    assert Client().post(link_in(letter, "yes")).status_code == 404


def test_another_question_ends_the_link_of_the_one_before(town: Town) -> None:
    town.ask(JO)
    town.greet()
    Subscriber.objects.update(asked_at=NOON - timedelta(minutes=1))
    assert Client().post(link_in(town.box.to(JO)[0], "yes")).status_code == 404


@pytest.mark.parametrize("token", ["x", "0000000000-" + "0" * 32, "é", "-"])
def test_a_link_that_was_made_up_opens_nothing(town: Town, token: str) -> None:
    town.reader(JO)
    for kind in ("own", "leave", "yes"):
        assert Client().get(f"/my-watch/{kind}/{token}/").status_code == 404


def test_they_change_take_along_and_erase_by_their_own_link(town: Town) -> None:
    row = town.reader(JO)
    town.say()
    town.work()
    own = link_in(town.box.to(JO)[0], "own")
    page = Client().get(own)
    assert b"To j\xe2\x80\xa6@home.example" in page.content
    assert page["Cache-Control"] == "no-store"
    assert page["Referrer-Policy"] == "no-referrer"
    told = {
        "neighbourhoods": "kings-heath",
        "topics": "roads",
        "level": "act",
        "pace": "daily",
        "hour": "7",
    }
    told |= {"act_a_week": "1", "news_a_week": "0"}
    assert b"Saved." in Client().post(own, told).content
    row.refresh_from_db()
    assert (row.topics, row.level, row.pace, row.hour, row.quiet_from) == (
        ["roads"],
        "act",
        "daily",
        7,
        None,
    )
    mine = Client().get(f"{own}mine.json").json()
    assert mine["address"] == JO
    assert mine["neighbourhoods"] == ["Kings Heath"]
    assert b"Nothing is kept of you" in Client().post(f"{own}erase/").content
    assert not Subscriber.objects.exists()
    assert Client().get(own).status_code == 404


def test_staff_erase_who_asks_at_the_counter_and_see_no_address(town: Town, owner: Officer) -> None:
    town.reader(JO)
    with pytest.raises(Refused, match="look after who reads"):
        actions.erase_for(by=town.cast.officer, at=NOON, via="email", address=JO)
    actions.erase_for(by=owner, at=NOON, via="email", address=JO.upper())
    assert not Subscriber.objects.exists()
    with pytest.raises(Refused, match="Nobody reads here"):
        actions.erase_for(by=owner, at=NOON, via="email", address=JO)


def test_an_address_stands_in_no_table_log_or_entry(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    town.box.answers = ["", "554 refused for jo@home.example"]
    town.reader(JO)
    town.say()
    town.work()
    ours = [one for one in caplog.records if not one.name.startswith("mail.")]  # the server's own
    assert not [one for one in ours if JO in one.getMessage()]
    assert Entry.objects.filter(kind="watch.confirmed").exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" AS t WHERE t::text ILIKE %s', [f"%{JO}%"]
            )
            assert cursor.fetchone() == (0,), table


def test_a_server_that_knows_nobody_there_ends_it(town: Town) -> None:
    town.reader(JO)
    town.box.nobody.add(JO)
    town.say()
    town.work()
    row = Subscriber.objects.get()
    assert (row.state, row.why) == ("left", "gone")
    assert Leaving.objects.get(why="gone").count == 1


def test_a_greeting_waits_for_the_mail_server(town: Town) -> None:
    address = town.account.address
    Account.objects.update(address="smtp://127.0.0.1:9")
    town.ask(JO)
    town.greet()
    assert Subscriber.objects.get().greeted == 0
    Account.objects.update(address=address)
    town.greet(at=NOON + timedelta(minutes=3))
    assert len(town.box.to(JO)) == 1


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("07700 900123", "+447700900123"),
        ("+44 (0)7700 900123", None),
        ("+44 7700 900-123", "+447700900123"),
        ("0044 7700900123", "+447700900123"),
        ("+353 85 123 4567", "+353851234567"),
        ("0121 496 0000", None),
        ("hello", None),
    ],
)
def test_a_number_is_brought_into_one_form(said: str, kept: str | None) -> None:
    if kept is None:
        with pytest.raises(Refused, match="mobile number"):
            addresses.in_one_form("sms", said)
    else:
        assert addresses.in_one_form("sms", said) == kept

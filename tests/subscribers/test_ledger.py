"""Nobody gets anything twice, whatever breaks; and what nobody knows, a person decides."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection

from hue.audit.models import Entry
from hue.channels import actions as channels
from hue.channels import copies
from hue.channels.models import Account, Copy, Delivery, Host, Piece
from hue.governance import actions as governance
from hue.lib import clock
from hue.publishing import actions as publishing
from hue.publishing.models import Post
from tests.cast import NOON
from tests.desk.test_desk import signed_in
from tests.subscribers.conftest import Town

LATER = NOON + timedelta(minutes=10)
THREE = ("a@home.example", "b@home.example", "c@home.example")


def subjects(town: Town, address: str) -> list[str]:
    return [str(letter["Subject"]) for letter in town.box.to(address)]


def test_a_letter_that_breaks_off_after_it_was_handed_over_is_a_persons_turn(town: Town) -> None:
    for address in THREE:
        town.reader(address)
    town.say()
    town.box.on_letter = lambda number: setattr(town.box, "breaks_off", number == 2)
    town.work()
    row = Delivery.objects.get()
    assert sorted(Copy.objects.values_list("state", flat=True)) == ["sent", "sent", "unsure"]
    assert (row.state, row.says) == (
        "unsure",
        "Whether it reached 1 reader is not known. It may be there: look, then say.",
    )
    town.work(at=LATER)
    assert len(town.box.got) == 3
    page = (
        signed_in(town.cast.sergeant).get(f"/desk/channels/deliveries/{row.pk}/").content.decode()
    )
    assert "1 reader is not known" in page
    channels.decide(by=town.cast.sergeant, at=LATER, delivery=row, verb="there")
    assert set(Copy.objects.values_list("state", flat=True)) == {"sent"}
    assert Delivery.objects.get().state == "sent"


def test_somebody_says_send_it_again_and_only_the_doubtful_get_it(town: Town) -> None:
    for address in THREE:
        town.reader(address)
    town.say()
    town.box.on_letter = lambda number: setattr(town.box, "breaks_off", number == 2)
    town.work()
    town.box.on_letter, town.box.breaks_off = None, False
    doubtful = Copy.objects.get(state="unsure").subscriber.address()
    channels.decide(by=town.cast.sergeant, at=LATER, delivery=Delivery.objects.get(), verb="again")
    town.work(at=LATER)
    assert {address: len(town.box.to(address)) for address in THREE} == {
        address: 2 if address == doubtful else 1 for address in THREE
    }


def test_a_worker_that_died_with_letters_in_its_hands_sends_none_twice(town: Town) -> None:
    for address in THREE:
        town.reader(address)
    town.say()
    by, row = copies.system(), Delivery.objects.get()
    mine = channels.claim(by=by, at=NOON, delivery=row)
    assert mine is not None
    channels.write_copies(by=by, at=NOON, delivery=mine, via="email")
    held = channels.claim_of_one(by=by, at=NOON, delivery=mine, after=0)
    channels.settle_copies(by=by, at=NOON, handed=[(held[0], "x")])  # then it dies
    town.work(at=NOON + timedelta(minutes=1))
    assert town.box.got == []
    town.work(at=LATER)
    assert town.box.got == []
    assert sorted(Copy.objects.values_list("state", flat=True)) == ["sent", "unsure", "unsure"]
    assert Delivery.objects.get().state == "unsure"


def test_a_summary_in_the_hands_of_a_worker_that_died_is_a_persons_turn(town: Town) -> None:
    town.reader(THREE[0], pace="daily")
    town.say()
    town.work()
    evening, by = NOON + timedelta(hours=6), copies.system()
    channels.claim_summary(by=by, at=evening, account=town.account)
    town.later(at=evening + timedelta(minutes=5))
    assert town.box.got == []
    row = Delivery.objects.get()
    assert (row.state, Copy.objects.get().state) == ("unsure", "unsure")
    channels.decide(by=town.cast.sergeant, at=evening, delivery=row, verb="again")
    town.work(at=evening + timedelta(minutes=6))
    assert len(town.box.to(THREE[0])) == 1


def test_who_was_sent_what_is_forgotten_after_some_months(town: Town) -> None:
    town.reader(THREE[0])
    town.say()
    town.work()
    channels.forget_copies(by=copies.system(), at=NOON + timedelta(days=89))
    assert Copy.objects.exists()
    channels.forget_copies(by=copies.system(), at=NOON + timedelta(days=91))
    assert not Copy.objects.exists()


def test_a_mail_server_that_is_away_costs_nobody_a_letter(town: Town) -> None:
    town.reader(THREE[0])
    address = town.account.address
    Account.objects.update(address="smtp://127.0.0.1:9")
    town.say()
    town.work()
    row = Delivery.objects.get()
    assert (row.state, Copy.objects.get().state) == ("due", "due")
    assert "does not answer as a mail server" in row.says
    Account.objects.update(address=address)
    Host.objects.all().delete()
    town.work(at=LATER)
    assert len(town.box.to(THREE[0])) == 1


def test_a_server_that_takes_no_more_gets_the_rest_later(town: Town) -> None:
    for address in THREE:
        town.reader(address)
    town.say()
    town.box.answers = ["", "452 too much for now"]
    town.work()
    assert len(town.box.got) == 1
    assert sorted(Copy.objects.values_list("state", flat=True)) == ["due", "due", "sent"]
    town.work(at=LATER)
    assert sorted(to for to, _ in town.box.got) == list(THREE)


def test_a_correction_goes_to_those_who_got_it_alone(town: Town) -> None:
    town.reader(THREE[0])
    town.reader(THREE[1], pace="daily")
    post = town.say()
    town.work()
    publishing.correct(
        by=town.cast.sergeant, at=NOON, post=post, seen=1, text="Kitten found.", reason="A kitten."
    )
    town.work()
    assert subjects(town, THREE[0])[-1] == "Kings Heath: Correction: Kitten found."
    assert town.box.to(THREE[1]) == []
    town.later(at=NOON + timedelta(hours=7))
    [summary] = town.box.to(THREE[1])
    assert "Kings Heath: Kitten found." in summary.get_content()
    assert "Correction" not in summary.get_content()


def test_a_withdrawal_is_told_to_those_who_got_it_and_dropped_for_the_rest(town: Town) -> None:
    town.reader(THREE[0])
    town.reader(THREE[1], pace="daily")
    post = town.say()
    town.work()
    publishing.withdraw(by=town.cast.sergeant, at=NOON, post=post, reason="It was another puppy.")
    town.work()
    last = town.box.to(THREE[0])[-1].get_content()
    assert "We took back what we sent you before." in last
    assert "Puppy" not in last
    town.later(at=NOON + timedelta(days=1))
    assert town.box.to(THREE[1]) == []
    assert sorted(Copy.objects.values_list("state", flat=True)) == ["dropped", "withdrawn"]
    assert Delivery.objects.get().state == "withdrawn"


@pytest.mark.django_db(transaction=True)
def test_a_withdrawal_stops_a_list_in_the_middle(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hue.channels.actions.copies.AT_ONCE", 1)
    for address in THREE:
        town.reader(address)
    post = town.say()

    def withdraw() -> None:
        Piece.objects.update(gone_at=NOON, text="")
        connection.close()  # this thread's own

    def gone(number: int) -> None:
        town.box.on_letter = None
        thread = Thread(target=withdraw)
        thread.start()
        thread.join()

    town.box.on_letter = gone
    row = Delivery.objects.get()
    town.work()
    row.refresh_from_db()
    assert Post.objects.filter(pk=post.pk).exists()
    assert row.state in {"withdrawing", "withdrawn"}
    town.work(at=LATER)
    got = [letter.get_content() for _, letter in town.box.got]
    assert [("took back" in one) for one in got] == [False, True]


def test_stop_all_stops_letters_too(town: Town) -> None:
    town.reader(THREE[0])
    town.say()
    governance.stop_all(by=town.cast.sergeant, at=NOON, reason="Wrong picture.")
    town.work()
    town.later(at=LATER)
    assert town.box.got == []


def test_it_is_in_the_record_once_for_all_readers(town: Town) -> None:
    for address in THREE:
        town.reader(address)
    town.say()
    town.work()
    assert Entry.objects.filter(kind="channel.sent").count() == 1
    assert clock.now() == NOON

"""Lists and their owners: silence is noticed and said, numbers are kept and small ones hidden."""

from datetime import timedelta

import pytest

from hue.channels import actions as channels
from hue.channels import jobs
from hue.channels.models import Piece
from hue.config.export import tables
from hue.events.models import LiveEvent
from hue.pages.models import Alarm
from hue.pages.sources import REGISTRY
from hue.people.access import Refused
from hue.people.models import Officer
from hue.people.queries import system
from hue.subscribers import actions, queries
from hue.subscribers.models import Count, Source, Subscriber, WatchList
from tests.cast import NOON
from tests.desk.test_desk import signed_in
from tests.subscribers.conftest import Town

MONTH = NOON + timedelta(days=31)


def page(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("hue.lib.clock.now", lambda: MONTH)
    return next(iter(REGISTRY["subscribers.watch"].files(""))).content.decode()


def test_a_list_that_is_silent_alarms_its_owner_and_says_so_in_public(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.reader(topics=["team"])
    row = WatchList.objects.get()
    actions.amend_list(
        by=town.cast.comms, at=NOON, row=row, owner=town.cast.sergeant, silent_days=30
    )
    town.say()
    town.work()
    actions.watch_silence(by=system(), at=NOON + timedelta(days=29))
    assert not Alarm.objects.filter(slug__startswith="list").exists()
    actions.watch_silence(by=system(), at=MONTH)
    alarm = Alarm.objects.get(slug=f"list {row.pk}")
    assert "has had no messages since 9 July" in alarm.says
    assert "Sergeant Priya answers for it." in alarm.says
    assert "Kings Heath, News from the team has had no messages since 9 July." in page(monkeypatch)
    town.say("A second puppy.")
    town.work(at=MONTH)
    alarm.refresh_from_db()
    assert alarm.over_at is not None
    assert "Silent lists" not in page(monkeypatch)


def test_the_alarm_ends_with_the_last_reader(town: Town) -> None:
    reader = town.reader(topics=["team"])
    actions.watch_silence(by=system(), at=MONTH)
    assert "Nobody answers for it: say who." in Alarm.objects.get().says
    actions.leave(by=system(), at=MONTH, row=reader)
    actions.watch_silence(by=system(), at=MONTH)
    assert Alarm.objects.get().over_at == MONTH


def test_a_list_that_nobody_reads_may_be_silent(town: Town) -> None:
    row = town.reader(topics=["team"])
    actions.leave(by=system(), at=NOON, row=row)
    actions.watch_silence(by=system(), at=MONTH)
    assert not Alarm.objects.filter(slug__startswith="list").exists()


def test_numbers_are_kept_by_the_day_and_small_ones_hidden(town: Town) -> None:
    for number in range(4):
        town.reader(f"a{number}@home.example")
    assert queries.table()[0]["cells"][0] == "<5"
    Source.objects.all().delete()
    town.reader("a5@home.example")
    assert queries.table()[0]["cells"][:2] == ["5", "5"]
    actions.count_day(by=system(), at=NOON)
    actions.count_day(by=system(), at=NOON)
    [day] = Count.objects.all()
    assert (day.readers, day.via, day.level, str(day.day)) == (5, "email", "news", "2026-07-09")


def test_the_desk_sees_numbers_reasons_and_lists_and_no_address(town: Town, owner: Officer) -> None:
    town.reader()
    told = signed_in(owner).get("/desk/subscribers/").content.decode()
    assert "&lt;5" in told
    assert "Kings Heath, News from the team" in told
    assert "jo@home.example" not in told
    assert signed_in(town.cast.officer).get("/desk/subscribers/").status_code == 403
    row = WatchList.objects.get(topic="team")
    answer = signed_in(owner).post(
        f"/desk/subscribers/lists/{row.pk}/", {"owner": town.cast.sergeant.pk, "silent_days": "14"}
    )
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.owner, row.silent_days) == (town.cast.sergeant, 14)


def test_the_desk_erases_and_marks_by_an_address_that_is_named(town: Town, owner: Officer) -> None:
    row = town.reader()
    desk = signed_in(owner)
    named = {"via": "email", "address": "jo@home.example"}
    assert desk.post("/desk/subscribers/people/volunteer/", named).status_code == 302
    row.refresh_from_db()
    assert row.forwards
    wrong = desk.post("/desk/subscribers/people/erase/", {**named, "address": "x@home.example"})
    assert wrong.status_code == 422
    assert b"Nobody reads here under that address." in wrong.content
    assert desk.post("/desk/subscribers/people/erase/", named).status_code == 302
    assert not type(row).objects.exists()


def test_volunteers_get_a_text_to_pass_on_a_day_before_an_event(town: Town) -> None:
    town.reader("watch@home.example")
    town.reader("other@home.example")
    actions.mark_volunteer(by=town.cast.comms, at=NOON, via="email", address="watch@home.example")
    LiveEvent.objects.update(
        state="planned", starts_at=NOON + timedelta(hours=23), ends_at=NOON + timedelta(days=2)
    )
    jobs.before_events(at=NOON)
    jobs.before_events(at=NOON + timedelta(minutes=15))
    town.work()
    town.work(at=NOON + timedelta(hours=1))
    [(to, letter)] = town.box.got
    assert to == "watch@home.example"
    body = letter.get_content()
    assert "24 hours begins Friday 10 July, 11:00." in body
    assert "A text that you may pass on:" in body
    assert Piece.objects.get().volunteers


def test_only_who_may_looks_after_readers(town: Town) -> None:
    town.reader()
    with pytest.raises(Refused, match="These roles may"):
        actions.mark_volunteer(
            by=town.cast.officer, at=NOON, via="email", address="jo@home.example"
        )
    with pytest.raises(Refused, match="Residents choose for themselves"):
        actions.leave(by=town.cast.comms, at=NOON, row=Subscriber.objects.get())


def test_an_export_holds_addresses_sealed_alone(town: Town) -> None:
    town.reader()
    [line] = tables.lines("subscribers.Subscriber")
    assert "jo@home.example" not in line
    assert '"sealed": "' in line
    assert '"code"' not in line


def test_a_dry_run_shows_the_letter_and_sends_none(town: Town) -> None:
    desk = signed_in(town.cast.comms)
    page = desk.get(f"/desk/channels/{town.account.pk}/dry/", {"text": "Puppy found."}).content
    assert b"Puppy found." in page
    assert b"Stop it with one tap" in page
    assert town.box.got == []


def test_where_nothing_can_be_sent_nothing_is_asked_for(town: Town) -> None:
    channels.run_out(by=town.cast.comms, at=NOON, account=town.account)
    page = next(iter(REGISTRY["subscribers.watch"].files(""))).content
    assert b"We do not send messages at the moment." in page
    assert b'action="/my-watch/ask/"' not in page
    assert b"We cannot write to you in that way" in town.ask().content

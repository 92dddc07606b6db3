"""The record on the desk: sentences for those who may, personal data with a reason."""

from dataclasses import dataclass

import pytest
from django.test import Client

from hue.audit.kinds import REGISTRY, Kind
from hue.audit.models import Entry
from hue.audit.record import record
from hue.audit.seal import seal_committed
from hue.people.models import Officer
from tests.cast import NOON, Cast, _officer
from tests.desk.test_desk import signed_in


@dataclass
class Room:
    desk: Client
    keeper: Officer
    entry: Entry


@pytest.fixture
def room(cast: Cast) -> Room:
    keeper = _officer("ruth", "records", name="Ruth Obi")
    kind = Kind("test.phoned", "{by} phoned {whom} about {what}.")
    entry = record(
        kind,
        by=cast.officer,
        at=NOON,
        subject="post:abc",
        data={"what": "a dog"},
        personal={"whom": "Mr Smith"},
    )
    seal_committed(at=NOON)
    yield Room(signed_in(keeper), keeper, entry)
    del REGISTRY[kind.slug]


def test_it_reads_as_sentences_and_keeps_personal_data_closed(room: Room) -> None:
    page = room.desk.get("/desk/record/").content.decode()
    assert "PCSO Amina phoned [personal data] about a dog." in page
    assert "Smith" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=test.phoned", True),
        ("kind=post.published", False),
        ("subject=post:abc", True),
        ("subject=post:xyz", False),
        ("day=2026-07-09", True),
        ("day=2026-07-10", False),
        ("who=999999", False),
        ("day=nonsense&before=nonsense", True),
        ("before=1", False),
    ],
)
def test_it_is_filtered_by_link(room: Room, query: str, found: bool) -> None:
    page = room.desk.get(f"/desk/record/?{query}").content.decode()
    assert ("about a dog" in page) == found
    assert ("Nothing in the record fits this." in page) != found


def test_a_long_record_comes_in_pages(cast: Cast, room: Room) -> None:
    for number in range(60):
        record(REGISTRY["test.phoned"], by=cast.officer, at=NOON, subject=f"n:{number}")
    first = room.desk.get("/desk/record/").content.decode()
    assert "n:59" in first
    assert "n:9<" not in first
    link = first.split('rel="next" href="')[1].split('"')[0]
    assert "n:9<" in room.desk.get(f"/desk/record/{link}").content.decode()


def test_to_read_personal_data_takes_a_reason_and_leaves_an_entry(room: Room) -> None:
    address = f"/desk/record/{room.entry.pk}/open/"
    refused = room.desk.post(address, {"why": " "})
    assert refused.status_code == 422
    assert "Smith" not in refused.content.decode()
    opened = room.desk.post(address, {"why": "a request by Mr Smith himself"})
    assert "phoned Mr Smith about a dog." in opened.content.decode()
    assert opened["Cache-Control"] == "no-store"
    page = room.desk.get("/desk/record/?kind=record.opened").content.decode()
    assert f"Ruth Obi read the personal data of entry {room.entry.pk}: a request by" in page


def test_shredding_says_who_did_it_and_nobody_reads_it_again(room: Room) -> None:
    answer = room.desk.post(
        f"/desk/record/{room.entry.pk}/shred/", {"why": "its time is over"}, follow=True
    )
    page = answer.content.decode()
    assert "phoned [shredded] about a dog." in page
    assert "Read the personal data" not in page
    listed = room.desk.get("/desk/record/").content.decode()
    assert f"Ruth Obi shredded the personal data of entry {room.entry.pk}: its time" in listed


@pytest.mark.parametrize("address", ["", "chain/", "{pk}/", "{pk}/open/", "{pk}/shred/"])
def test_who_may_not_read_it_is_told_who_may(cast: Cast, room: Room, address: str) -> None:
    address = f"/desk/record/{address.format(pk=room.entry.pk)}"
    desk = signed_in(cast.sergeant)
    answer = desk.post(address) if "/open" in address or "/shred" in address else desk.get(address)
    assert answer.status_code == 403
    assert b"These roles may" in answer.content


def test_it_says_what_the_chain_says(room: Room) -> None:
    page = room.desk.get("/desk/record/chain/").content.decode()
    assert "1 entry is sealed." in page
    assert "No entry waits for its seal." in page


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
@pytest.mark.parametrize("listed", ["record", "incidents"])
def test_the_ends_of_the_calendar_are_days_too(
    cast: Cast, client: Client, listed: str, day: str
) -> None:
    client.force_login(_officer("ruth", "records") if listed == "record" else cast.sergeant)
    assert client.get(f"/desk/{listed}/?day={day}").status_code == 200

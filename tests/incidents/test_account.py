"""An incident on the desk: recorded, found, changed by two, followed to its end."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from hue.audit.models import Entry
from hue.audit.record import read_aloud
from hue.incidents import actions
from hue.incidents.forms import Moment
from hue.incidents.models import Incident
from hue.people.access import Refused
from hue.states.graph import IllegalMove
from tests.cast import NOON, Cast

DESK = "/desk/incidents/"


@pytest.fixture
def desk(cast: Cast, client: Client) -> Client:
    client.force_login(cast.officer)
    return client


def incident(cast: Cast, **also: object) -> Incident:
    given = {"kind": "theft", "happened_at": NOON, "neighbourhood": cast.kings_heath, **also}
    return actions.report(by=cast.officer, at=NOON, **given)  # type: ignore[arg-type]


def form(**also: str) -> dict[str, str]:
    return {
        "kind": "theft",
        "happened_at": "2026-07-09T12:00",
        "neighbourhood": "kings-heath",
        "where": "High Street",
        "log_reference": "412",
        "reported": "A bicycle was taken.",
        "did": "",
        **also,
    }


def test_an_incident_is_recorded_and_read(cast: Cast, desk: Client) -> None:
    answer = desk.post(f"{DESK}new/", form(), follow=True)
    page = answer.content.decode()
    assert "A bicycle was taken." in page
    assert "High Street, Kings Heath" in page
    row = Incident.objects.get()
    assert row.happened_at == datetime(2026, 7, 9, 11, tzinfo=UTC)
    assert "recorded an incident (Theft, Kings Heath)" in read_aloud(Entry.objects.latest("id"))


@pytest.mark.parametrize(
    ("also", "says"),
    [
        ({"where": "412 High Street"}, "points to one house: write “High Street”"),
        ({"kind": "domestic"}, "leave the street or park empty"),
        ({"happened_at": "2199-01-01T10:00"}, "still to come"),
        ({"happened_at": "2026-03-29T01:30"}, "does not exist"),
        ({"happened_at": "yesterday"}, "Write a day and a time"),
        ({"neighbourhood": "atlantis"}, "There is a problem"),
    ],
)
def test_a_form_with_a_mistake_says_so_and_keeps_what_was_typed(
    desk: Client, also: dict[str, str], says: str
) -> None:
    page = desk.post(f"{DESK}new/", form(**also)).content.decode()
    assert says in page
    assert "A bicycle was taken." in page
    assert "There is a problem" in page
    assert Incident.objects.count() == 0


def test_the_hour_that_comes_twice_can_be_written() -> None:
    assert Moment("When").clean("2026-10-25T01:30") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_sensitive_kind_keeps_no_street_whoever_records_it(cast: Cast) -> None:
    assert incident(cast, kind="missing_person", where="Vicarage Road").where == ""
    theft = incident(cast, where="Vicarage Road")
    actions.amend(by=cast.officer, at=NOON, incident=theft, seen=1, kind="domestic")
    theft.refresh_from_db()
    assert theft.where == ""


def test_two_people_change_one_incident_and_the_second_is_told(cast: Cast, desk: Client) -> None:
    row = incident(cast, reported="A bicycle.")
    address = f"{DESK}{row.pk}/edit/"
    assert 'name="seen" value="1"' in desk.get(address).content.decode()
    other = Client()
    other.force_login(cast.sergeant)
    other.post(address, form(reported="A red bicycle.", seen="1"))
    page = desk.post(address, form(reported="A blue bicycle.", seen="1")).content.decode()
    assert "Somebody changed this incident" in page
    assert "A red bicycle." in page  # what it says now
    assert "A blue bicycle." in page  # what was typed
    row.refresh_from_db()
    assert (row.reported, row.version) == ("A red bicycle.", 2)
    desk.post(address, form(reported="A blue bicycle.", seen="2"))
    row.refresh_from_db()
    assert (row.reported, row.version) == ("A blue bicycle.", 3)


def test_an_amendment_that_changes_nothing_leaves_no_trace(cast: Cast) -> None:
    row = incident(cast)
    entries = Entry.objects.count()
    actions.amend(by=cast.officer, at=NOON, incident=row, seen=1, kind="theft")
    assert Entry.objects.count() == entries


def test_only_the_steps_that_the_law_knows_are_offered(cast: Cast, desk: Client) -> None:
    row = incident(cast)
    actions.add_step(by=cast.officer, at=NOON, incident=row, step="arrested", when=NOON)
    page = desk.get(f"{DESK}{row.pk}/").content.decode()
    first = page[page.index('id="suspect_1_step"') : page.index('id="suspect_1_when"')]
    assert 'value="charged"' in first
    assert 'value="sentenced"' not in first
    for step in ("charged", "convicted", "sentenced"):
        desk.post(
            f"{DESK}{row.pk}/suspects/1/",
            {"step": step, "when": "2026-07-10T09:00", "suspect": "1"},
        )
    assert [p.step for p in row.proceedings.all()] == [
        "arrested",
        "charged",
        "convicted",
        "sentenced",
    ]
    page = desk.get(f"{DESK}{row.pk}/").content.decode()
    assert "No step follows this one" in page
    assert "Another suspect" in page


def test_a_step_out_of_order_or_out_of_time_is_refused(cast: Cast, desk: Client) -> None:
    row = incident(cast)
    with pytest.raises(IllegalMove):
        actions.add_step(by=cast.officer, at=NOON, incident=row, step="sentenced", when=NOON)
    later = NOON + timedelta(days=1)
    with pytest.raises(Refused, match="still to come"):
        actions.add_step(by=cast.officer, at=NOON, incident=row, step="arrested", when=later)
    with pytest.raises(Refused, match="one after the other"):
        actions.add_step(
            by=cast.officer, at=NOON, incident=row, step="arrested", when=NOON, suspect=4
        )
    actions.add_step(by=cast.officer, at=NOON, incident=row, step="arrested", when=NOON)
    answer = desk.post(
        f"{DESK}{row.pk}/suspects/1/",
        {"step": "charged", "when": "2026-07-01T09:00", "suspect": "1"},
    )
    assert answer.status_code == 422
    assert "was later than that" in answer.content.decode()


def test_what_came_of_it_closes_the_incident_and_code_0_opens_it_again(
    cast: Cast, desk: Client
) -> None:
    row = incident(cast)
    desk.post(f"{DESK}{row.pk}/outcome/", {"code": "8", "words": ""})
    row.refresh_from_db()
    assert (row.state, row.outcome_code, row.news) == ("over", "8", True)
    assert "Put right without court" in desk.get(f"{DESK}{row.pk}/").content.decode()
    desk.post(f"{DESK}{row.pk}/outcome/", {"code": "0", "words": ""})
    row.refresh_from_db()
    assert (row.state, row.outcome_at) == ("open", None)


@pytest.mark.parametrize("code", ["14", "16"])
def test_codes_that_speak_of_a_victim_are_neither_offered_nor_taken(
    cast: Cast, desk: Client, code: str
) -> None:
    row = incident(cast)
    assert f'value="{code}"' not in desk.get(f"{DESK}{row.pk}/").content.decode()
    assert desk.post(f"{DESK}{row.pk}/outcome/", {"code": code}).status_code == 422
    with pytest.raises(Refused, match="never shown"):
        actions.note_outcome(by=cast.officer, at=NOON, incident=row, code=code)
    row.refresh_from_db()
    assert row.state == "open"


def test_an_outcome_needs_a_code_or_words(cast: Cast, desk: Client) -> None:
    answer = desk.post(f"{DESK}{incident(cast).pk}/outcome/", {"code": "", "words": ""})
    assert "Say what came of it" in answer.content.decode()


def test_it_is_noted_that_the_victim_was_told(cast: Cast, desk: Client) -> None:
    row = incident(cast)
    desk.post(f"{DESK}{row.pk}/victim/", {"informed_at": "2026-07-09T12:30"})
    assert "The victim was told on Thursday 9 July 2026, 12:30" in (
        desk.get(f"{DESK}{row.pk}/").content.decode()
    )


def test_every_filter_is_a_link(cast: Cast, desk: Client) -> None:
    theft = incident(cast, log_reference="412")
    alarm = incident(cast, kind="alarm", happened_at=NOON - timedelta(days=2))
    actions.note_outcome(by=cast.officer, at=NOON, incident=alarm, code="18")

    def found(query: str) -> set[int]:
        page = desk.get(f"{DESK}?{query}").context["page"]
        return {row.pk for row in page}

    assert found("") == {theft.pk, alarm.pk}
    assert found("state=open") == {theft.pk}
    assert found("kind=alarm") == {alarm.pk}
    assert found("day=2026-07-09") == {theft.pk}
    assert found("place=kings-heath&state=over") == {alarm.pk}
    assert found("log=412") == {theft.pk}
    assert "Nothing fits these filters" in desk.get(f"{DESK}?log=9").content.decode()


def test_a_day_of_the_list_has_the_hours_that_the_day_had(cast: Cast) -> None:
    night = datetime(2026, 10, 24, 23, 0, tzinfo=UTC)  # midnight, still summer time
    rows = [incident(cast, happened_at=night + timedelta(hours=h)) for h in (-1, 0, 24, 25)]
    # The second hour of 25 October comes twice: that day has 25.
    assert set(Incident.objects.of_day(date(2026, 10, 25))) == {rows[1], rows[2]}


def test_guests_see_no_incidents_and_who_does_not_record_only_reads(
    cast: Cast, client: Client
) -> None:
    row = incident(cast)
    client.force_login(cast.guest)
    for address in (DESK, f"{DESK}new/", f"{DESK}{row.pk}/", f"{DESK}{row.pk}/edit/"):
        assert client.get(address).status_code == 403
    cast.stranger.roles = ["gold"]
    cast.stranger.save()
    client.force_login(cast.stranger)
    assert client.get(f"{DESK}{row.pk}/").status_code == 200
    assert "Say what came of it" not in client.get(f"{DESK}{row.pk}/").content.decode()
    assert client.post(f"{DESK}{row.pk}/outcome/", {"code": "8"}).status_code == 403

"""The page that imports: what is handed in is looked through by the worker and by a person."""

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hue.incidents.jobs import check, store
from hue.incidents.models import ImportBatch, Incident
from hue.people.models import Area
from tests.cast import Cast
from tests.incidents.test_streetfile import OWN, own
from tests.people.test_areas import square

PAGE = "/desk/incidents/import/"


@pytest.fixture
def page(cast: Cast, client: Client) -> Client:
    client.force_login(cast.comms)
    return client


def hand_in(page: Client, content: str, name: str = "july.csv") -> Any:
    file = SimpleUploadedFile(name, content.encode(), content_type="text/csv")
    return page.post(PAGE, {"file": file})


def handed_in(page: Client, content: str) -> tuple[str, ImportBatch]:
    answer = hand_in(page, content)
    assert answer.status_code == 302
    return answer["Location"], ImportBatch.objects.latest("pk")


def text(answer: Any) -> str:
    return answer.content.decode()


def test_a_file_is_handed_in_looked_at_imported_and_undone(page: Client, cast: Cast) -> None:
    Area.objects.create(
        code="K1", name="Brandwood", geometry=square(-1.9, 52.42, 0.02), neighbourhood=None
    )
    address, batch = handed_in(page, OWN + own() * 2 + own(Kind="alarm", Longitude="-1.5"))
    waiting = text(page.get(address))
    assert "Looking through the file" in waiting
    assert f'hx-get="{address}progress/"' in waiting

    check(batch.pk)
    ready = text(page.get(address))
    assert "Import 3 incidents" in ready
    assert "Brandwood" in ready
    assert "1 row lies outside every ward" in ready
    assert not Incident.objects.exists()

    page.post(f"{address}begin/")
    store(batch.pk)
    done = text(page.get(address))
    assert "3 incidents were imported" in done
    assert Incident.objects.count() == 3

    undone = page.post(f"{address}undo/", follow=True)
    assert "The import was undone" in text(undone)
    assert not Incident.objects.exists()


def test_every_bad_row_is_shown_and_can_be_had_as_a_file(page: Client) -> None:
    address, batch = handed_in(page, OWN + own() + own(Kind="x") * 600)
    check(batch.pk)
    shown = text(page.get(address))
    assert "600 of 601 rows are bad, so nothing was imported" in shown
    assert "Bad rows, the first 500" in shown
    rows = list(csv.reader(io.StringIO(text(page.get(f"{address}bad-rows.csv")))))
    assert rows[0] == ["Line", "Column", "What to do"]
    assert len(rows) == 601
    assert rows[-1][:2] == ["602", "Kind"]


def test_a_heading_that_a_spreadsheet_would_run_is_disarmed(page: Client) -> None:
    address, batch = handed_in(page, "=cmd(),When\nx,2026-07-01 10:00\n")
    page.post(f"{address}columns/", {"kind": "=cmd()", "happened": "When"})
    check(batch.pk)
    assert ",'=cmd()," not in text(page.get(address))
    assert "2,'=cmd()," in text(page.get(f"{address}bad-rows.csv"))


def test_columns_are_chosen_by_hand_and_remembered(page: Client) -> None:
    content = "When;What;Words\n2026-07-01 10:00;Alarm;<b>A bell</b> {}\n"
    address, batch = handed_in(page, content.format(1))
    asked = text(page.get(address))
    assert "Which column is what?" in asked
    assert "Words: &lt;b&gt;A bell&lt;/b&gt; 1" in asked
    chosen = {"happened": "When", "kind": "What", "reported": "Words"}
    assert page.post(f"{address}columns/", chosen).status_code == 302
    check(batch.pk)
    page.post(f"{address}begin/")
    store(batch.pk)
    assert Incident.objects.get().reported == "<b>A bell</b> 1"

    address, batch = handed_in(page, content.format(2))
    assert batch.state == "checking"


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ({"happened": "When"}, "Kind of incident: This field is required"),
        ({"happened": "When", "kind": "Colour"}, "Select a valid choice"),
        ({"happened": "When", "kind": "What", "easting": "What"}, "choose both or neither"),
    ],
)
def test_a_choice_that_cannot_be_is_said_and_kept(page: Client, chosen, says) -> None:
    address, batch = handed_in(page, "When;What\n2026-07-01 10:00;Alarm\n")
    answer = page.post(f"{address}columns/", chosen)
    assert answer.status_code == 409
    assert says in text(answer)
    assert 'value="When" selected' in text(answer)
    batch.refresh_from_db()
    assert batch.state == "received"


@pytest.mark.parametrize(
    ("content", "says"),
    [("", "empty"), ("PK\x03\x04", "Excel workbook"), ("one\n", "column headings")],
)
def test_what_is_no_csv_file_is_refused_on_the_form(page: Client, content, says) -> None:
    answer = hand_in(page, content)
    assert answer.status_code == 200
    assert says in text(answer)
    assert not ImportBatch.objects.exists()


def test_without_a_file_the_form_asks_for_one(page: Client) -> None:
    assert "CSV file: This field is required" in text(page.post(PAGE))


def test_the_empty_file_can_be_filled_in_and_handed_in(page: Client) -> None:
    empty = text(page.get(f"{PAGE}empty.csv"))
    _, batch = handed_in(page, empty + own())
    assert batch.state == "checking"


def test_the_progress_ends_by_asking_for_the_page_again(page: Client) -> None:
    address, batch = handed_in(page, OWN + own())
    assert "HX-Refresh" not in page.get(f"{address}progress/")
    check(batch.pk)
    assert page.get(f"{address}progress/")["HX-Refresh"] == "true"


def test_a_button_pressed_twice_says_what_has_become_of_it(page: Client) -> None:
    address, batch = handed_in(page, OWN + own())
    check(batch.pk)
    page.post(f"{address}begin/")
    again = page.post(f"{address}begin/")
    assert again.status_code == 409
    assert "importing" in text(again)


def test_a_file_can_be_dropped(page: Client) -> None:
    address, batch = handed_in(page, OWN + own())
    check(batch.pk)
    assert "Nothing was imported" in text(page.post(f"{address}drop/", follow=True))
    assert "was dropped" in text(page.get(PAGE))


def test_a_month_or_a_day_is_shown_as_one(page: Client) -> None:
    rows = own(Happened="2026-06") + own(Happened="2026-06-03")
    _, batch = handed_in(page, OWN + rows)
    check(batch.pk)
    page.post(f"{PAGE}{batch.pk}/begin/")
    store(batch.pk)
    listed = text(page.get("/desk/incidents/"))
    assert ">June 2026<" in listed
    assert ">Wednesday 3 June 2026<" in listed


def test_the_list_of_incidents_leads_to_it(page: Client, cast: Cast) -> None:
    assert f'href="{PAGE}"' in text(page.get("/desk/incidents/"))
    page.force_login(cast.officer)
    assert f'href="{PAGE}"' not in text(page.get("/desk/incidents/"))


def test_only_those_who_import_see_the_page(cast: Cast, client: Client) -> None:
    client.force_login(cast.comms)
    address, _ = handed_in(client, OWN + own())
    gets = [PAGE, f"{PAGE}empty.csv", address, f"{address}progress/", f"{address}bad-rows.csv"]
    posts = [PAGE, *(f"{address}{verb}/" for verb in ("columns", "begin", "undo", "drop"))]
    client.force_login(cast.officer)
    assert {client.get(path).status_code for path in gets} == {403}
    assert {client.post(path).status_code for path in posts} == {403}
    client.logout()
    assert {client.get(path).status_code for path in gets} == {302}
    assert ImportBatch.objects.count() == 1

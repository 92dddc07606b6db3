"""A file of incidents is stored whole or not at all, placed by ward, and once only."""

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command

from hue.audit.models import Entry
from hue.audit.record import read_aloud
from hue.incidents import uploads
from hue.incidents.actions import (
    amend,
    begin,
    choose_columns,
    drop,
    note_outcome,
    note_person,
    receive,
    undo,
)
from hue.incidents.jobs import check, forget_files, store
from hue.incidents.models import ImportBatch, Incident
from hue.incidents.streetfile.layouts import Field
from hue.incidents.streetfile.rows import FileRefused
from hue.lib import clock
from hue.people.access import Refused
from hue.people.models import Area
from hue.publishing import actions as publishing
from hue.publishing.actions.compose import Draft
from tests.cast import NOON, Cast
from tests.incidents.test_streetfile import NEW, OLD, OWN, PUBLISHED, own
from tests.people.test_areas import WARDS, square


@pytest.fixture
def ward(cast: Cast) -> Area:
    """The ground of Kings Heath."""
    return Area.objects.create(
        code="K1",
        name="Moseley and Kings Heath",
        geometry=square(-1.9, 52.42, 0.02),
        neighbourhood=cast.kings_heath,
    )


def hand_in(content: str, cast: Cast, name: str = "july.csv") -> ImportBatch:
    return receive(by=cast.comms, at=NOON, name=name, path=uploads.keep([content.encode()]))


def looked_through(content: str, cast: Cast) -> ImportBatch:
    batch = hand_in(content, cast)
    check(batch.pk)
    batch.refresh_from_db()
    return batch


def imported(content: str, cast: Cast) -> ImportBatch:
    batch = looked_through(content, cast)
    begin(by=cast.comms, at=NOON, batch=batch)
    store(batch.pk)
    batch.refresh_from_db()
    return batch


def test_a_row_becomes_an_incident_of_its_ward(cast, ward) -> None:
    row = own(
        **{
            "Kind": "burglary",
            "Log reference": "412",
            "What was reported": "Window broken.",
            "What officers did": "Spoke to a witness.",
            "Outcome code": "18",
        },
        Place="On or near High Street",
    )
    batch = imported(OWN + row, cast)
    (incident,) = Incident.objects.all()
    assert (batch.state, batch.rows, batch.added) == ("imported", 1, 1)
    assert (incident.kind, incident.log_reference, incident.state) == ("burglary", "412", "over")
    assert (incident.ward, incident.neighbourhood) == (ward.name, cast.kings_heath)
    assert incident.place == "Kings Heath"
    assert (incident.reported, incident.did) == ("Window broken.", "Spoke to a witness.")
    assert (incident.by, incident.batch) == (cast.comms, batch)


def test_outside_every_neighbourhood_the_ward_alone_is_told(cast, ward) -> None:
    ward.neighbourhood = None
    ward.save()
    imported(OWN + own(), cast)
    incident = Incident.objects.get()
    assert (incident.neighbourhood, incident.place) == (None, "Moseley and Kings Heath")


def test_a_row_without_a_point_is_placed_by_the_name_of_its_place(cast, ward) -> None:
    nowhere = {"Longitude": "", "Latitude": ""}
    imported(OWN + own(Place="kings heath", **nowhere) + own(Place="Mars", **nowhere), cast)
    assert [incident.ward for incident in Incident.objects.order_by("pk")] == [ward.name, ""]


def test_a_month_stays_a_month_and_a_day_a_day(cast) -> None:
    imported(OWN + own(Happened="2026-06") + own(Happened="2026-06-03"), cast)
    month, day = Incident.objects.order_by("pk")
    assert (month.happened_month_only, month.happened_day_only) == (True, False)
    assert (day.happened_month_only, day.happened_day_only) == (False, True)


def test_of_a_sensitive_kind_no_street_is_kept(cast, ward) -> None:
    batch = imported(OWN + own(Kind="violence", Place="On or near High Street"), cast)
    incident = Incident.objects.get()
    assert (incident.where, incident.ward) == ("", ward.name)
    assert batch.found["first"][0]["where"] == ""


def test_what_courts_have_yet_to_decide_is_still_open(cast) -> None:
    rows = "".join(
        f",2026-06,F,F,,,No Location,,,Burglary,{words},\n"
        for words in ("Under investigation", "Awaiting court outcome", "Local resolution", "")
    )
    imported(NEW + rows, cast)
    states = [incident.state for incident in Incident.objects.order_by("pk")]
    assert states == ["open", "open", "over", "open"]


def test_one_bad_row_keeps_all_out_and_is_named(cast) -> None:
    batch = looked_through(OWN + own() + own(Kind="jaywalking"), cast)
    assert batch.state == "refused"
    assert batch.found["bad_rows"] == 1
    (fault,) = batch.found["faults"]
    assert (fault["line"], fault["column"]) == (3, "Kind")
    assert not Incident.objects.exists()


def test_a_row_gone_bad_since_it_was_looked_through_keeps_all_out(cast) -> None:
    batch = looked_through(OWN + own(), cast)
    begin(by=cast.comms, at=NOON, batch=batch)
    uploads.path_of(batch.pk).write_text(OWN + own() + own(Kind="jaywalking"))
    store(batch.pk)
    batch.refresh_from_db()
    assert batch.state == "refused"
    assert "Nothing was imported. Line 3, column “Kind”" in batch.why
    assert not Incident.objects.exists()


def test_the_same_file_again_changes_nothing(cast) -> None:
    content = OWN + own() * 3 + own(Place="Stirchley")
    imported(content, cast)
    batch = looked_through(content, cast)
    assert (batch.found["new"], batch.found["known"]) == (0, 4)
    begin(by=cast.comms, at=NOON, batch=batch)
    store(batch.pk)
    assert Incident.objects.count() == 4


def test_a_longer_file_adds_only_what_is_new(cast) -> None:
    imported(OWN + own() * 2, cast)
    batch = imported(OWN + own(Place="Stirchley") + own() * 3, cast)
    assert batch.added == 2
    assert Incident.objects.count() == 4


def test_a_known_incident_that_reads_differently_is_told_and_left_as_it_is(cast) -> None:
    imported(OWN + own(**{"Log reference": "412"}), cast)
    changed = own(**{"Log reference": "412", "What officers did": "Owner found."})
    batch = imported(OWN + changed, cast)
    assert (batch.found["known"], batch.found["differing"], batch.added) == (1, 1, 0)
    assert Incident.objects.get().did == ""


def test_the_jobs_may_run_twice(cast) -> None:
    batch = imported(OWN + own(), cast)
    check(batch.pk)
    store(batch.pk)
    assert Incident.objects.count() == 1


def test_unknown_columns_wait_for_somebody_to_choose_them_and_are_remembered(cast) -> None:
    content = "When;What;Reported words\n2026-07-01 10:00;Alarm;{}\n"
    batch = hand_in(content.format("A bell rang."), cast)
    assert batch.state == "received"
    columns = {Field.HAPPENED: "When", Field.KIND: "What", Field.REPORTED: "Reported words"}
    choose_columns(by=cast.comms, at=NOON, batch=batch, columns=columns)
    check(batch.pk)
    batch.refresh_from_db()
    begin(by=cast.comms, at=NOON, batch=batch)
    store(batch.pk)

    assert imported(content.format("It rang again."), cast).added == 1
    assert [incident.reported for incident in Incident.objects.order_by("pk")] == [
        "A bell rang.",
        "It rang again.",
    ]


def test_columns_that_do_not_fit_are_refused(cast) -> None:
    batch = hand_in("When;What\n2026-07-01 10:00;Alarm\n", cast)
    with pytest.raises(FileRefused, match="No column is chosen for “Kind of incident”"):
        choose_columns(by=cast.comms, at=NOON, batch=batch, columns={Field.HAPPENED: "When"})


def test_an_import_is_undone_while_nobody_has_built_on_it(cast) -> None:
    batch = imported(OWN + own() * 3, cast)
    undo(by=cast.comms, at=clock.now(), batch=batch)
    assert not Incident.objects.exists()
    assert batch.state == "undone"
    sentences = [read_aloud(entry) for entry in Entry.objects.order_by("pk")]
    assert sentences[-2:] == [
        "Sam imported 3 incidents from july.csv; 0 were known.",
        "Sam undid the import of july.csv: 3 incidents were taken out.",
    ]
    assert imported(OWN + own() * 3, cast).added == 3


def test_an_import_cannot_be_undone_after_a_day(cast) -> None:
    batch = imported(OWN + own(), cast)
    with pytest.raises(Refused, match="for a day"):
        undo(by=cast.comms, at=clock.now() + timedelta(hours=25), batch=batch)


def test_an_import_whose_outcome_somebody_noted_stays(cast) -> None:
    batch = imported(OWN + own(), cast)
    incident = Incident.objects.get()
    note_outcome(by=cast.officer, at=NOON, incident=incident, code="18")
    with pytest.raises(Refused, match="Somebody has added to these"):
        undo(by=cast.comms, at=clock.now(), batch=batch)


def test_an_import_in_whose_case_somebody_is_noted_stays(cast) -> None:
    batch = imported(OWN + own(), cast)
    note_person(by=cast.sergeant, at=NOON, incident=Incident.objects.get(), role="victim")
    with pytest.raises(Refused, match="Somebody has added to these"):
        undo(by=cast.comms, at=clock.now(), batch=batch)


def test_an_import_whose_account_somebody_changed_stays(cast) -> None:
    batch = imported(OWN + own(), cast)
    said = {"kind": "found_animal", "happened_at": NOON, "reported": "A puppy."}
    amend(by=cast.officer, at=NOON, incident=Incident.objects.get(), seen=1, **said)
    with pytest.raises(Refused, match="Somebody has added to these"):
        undo(by=cast.comms, at=clock.now(), batch=batch)


def test_an_import_that_was_posted_about_stays(cast) -> None:
    batch = imported(OWN + own() * 2, cast)
    draft = Draft("Found.", incident=Incident.objects.last())
    publishing.compose(by=cast.officer, at=NOON, draft=draft)
    with pytest.raises(Refused, match="posts about these"):
        undo(by=cast.comms, at=clock.now(), batch=batch)
    assert Incident.objects.count() == 2


def test_who_may_not_import_does_not(cast) -> None:
    with pytest.raises(Refused, match="may not import incidents from a file"):
        receive(by=cast.officer, at=NOON, name="x.csv", path=uploads.keep([OWN.encode()]))
    batch = looked_through(OWN + own(), cast)
    for action in (begin, drop, undo):
        with pytest.raises(Refused, match="may not import"):
            action(by=cast.officer, at=NOON, batch=batch)


def test_the_file_is_gone_once_its_import_has_ended(
    cast, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        done = imported(OWN + own(), cast)
        dropped = looked_through(OWN + own(Place="Stirchley"), cast)
        drop(by=cast.comms, at=NOON, batch=dropped)
    assert not uploads.path_of(done.pk).exists()
    assert not uploads.path_of(dropped.pk).exists()


def test_a_file_left_lying_is_dropped_after_a_day(cast) -> None:
    left = looked_through(OWN + own(), cast)  # handed in at the cast's noon, long past
    forget_files()
    left.refresh_from_db()
    assert left.state == "dropped"


def test_files_on_their_way_in_are_nobody_elses(cast) -> None:
    batch = hand_in(OWN + own(), cast)
    folder = uploads.path_of(batch.pk).parent
    assert folder.parent == Path(django_settings.HUE_DATA)
    assert folder.stat().st_mode & 0o077 == 0


def run(*arguments: object) -> str:
    out = StringIO()
    call_command("import_incidents", *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path: Path):
    def write_it(content: str) -> Path:
        path = tmp_path / "july.csv"
        path.write_text(content)
        return path

    return write_it


def test_the_command_imports_and_says_so(cast, ward, file) -> None:
    path = file(OWN + own() * 2 + own(Kind="alarm"))
    said = run(path)
    assert "3 incidents imported from july.csv." in said
    assert "3 lie in 1 wards." in said
    assert "2  Animal" in said
    again = run(path)
    assert "0 of 3 rows are new. Nothing was imported." in again
    assert Incident.objects.count() == 3


def test_the_command_looks_without_importing(cast, file) -> None:
    assert "1 of 1 rows are new. Nothing was imported." in run(file(OWN + own()), "--look")
    assert not Incident.objects.exists()


def test_the_command_takes_columns_by_hand(cast, file) -> None:
    path = file("When;What\n2026-07-01 10:00;Alarm\n")
    with pytest.raises(CommandError, match=r"not known: When, What\. Say which is which"):
        run(path)
    said = run(path, "--column", "happened=When", "--column", "kind=What")
    assert "1 incidents imported" in said


@pytest.mark.parametrize(
    ("content", "arguments", "says"),
    [
        (
            OWN + own(Kind="x"),
            [],
            "1 of 1 rows are bad, so nothing was imported.\n  Line 2, column",
        ),
        (OWN, [], "headings and no rows"),
        ("", [], "The file is empty"),
        (OWN + own(), ["--column", "colour=Kind"], "There is no field 'colour'"),
        (OWN + own(), ["--column", "kind=Colour"], "No column is chosen"),
        (OWN + own(), ["--by", "nobody"], "Nobody signs in as"),
        (OWN + own(), ["--by", "amina"], "You may not import"),
    ],
)
def test_the_command_refuses_in_a_sentence(cast, file, content, arguments, says) -> None:
    with pytest.raises(CommandError, match=says):
        run(file(content), *arguments)
    assert not Incident.objects.exists()
    assert not ImportBatch.objects.exclude(state="dropped").exists()


def test_the_command_gives_a_template_that_it_can_read(cast, file) -> None:
    assert "1 incidents imported" in run(file(run("--template") + own()))


@pytest.mark.skipif(
    not (PUBLISHED.exists() and WARDS.exists()), reason=f"no published files at {PUBLISHED.parent}"
)
def test_february_2011_is_imported_and_placed_in_its_wards(cast) -> None:
    call_command("import_areas", str(WARDS), stdout=StringIO())
    (path,) = PUBLISHED.glob("*.csv.gz")
    said = run(path)
    assert "25,558 incidents imported" in said
    placed = Incident.objects.exclude(ward="")
    assert placed.count() / 25_558 > 0.99
    assert placed.values("ward").distinct().count() == 163
    again: Any = run(path)
    assert "0 of 25,558 rows are new" in again
    assert Incident.objects.count() == 25_558


def test_the_old_street_file_is_taken_too(cast, ward) -> None:
    batch = imported(OLD + "2011-02,F,F,408000,281000,On or near Test Road,Robbery,\n", cast)
    assert batch.added == 1

"""A file of incidents is read row by row, and every fault is said in a sentence."""

import gzip
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hue.incidents.kinds import KINDS
from hue.incidents.streetfile.layouts import (
    LABELS,
    POLICE_UK,
    POLICE_UK_2011,
    TEMPLATE,
    Field,
    recognise,
    suggest,
    template,
)
from hue.incidents.streetfile.preview import every_fault, preview
from hue.incidents.streetfile.read import read
from hue.incidents.streetfile.rows import BadRow, FileRefused, IncomingIncident, Precision
from hue.incidents.streetfile.table import open_table
from tests.place import SHARED

LATEST = datetime(2026, 11, 20, 12, tzinfo=UTC)
PUBLISHED = SHARED / "wmp_street_2011_02"

OLD = "Month,Reported by,Falls within,Easting,Northing,Location,Crime type,Context\r\n"
NEW = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context\n"
)
OWN = template()


@pytest.fixture
def write(tmp_path: Path):
    def write_it(content: str | bytes, name: str = "file.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write_it


def rows_of(path: Path, columns=None, latest: datetime = LATEST) -> list[IncomingIncident]:
    table = open_table(path)
    rows = list(read(table, columns or table.layout.columns, latest=latest))
    assert [str(fault) for row in rows for fault in row.faults] == []
    return [row.incident for row in rows if row.incident]


def faults_of(path: Path, columns=None) -> list[BadRow]:
    table = open_table(path)
    return list(every_fault(read(table, columns or table.layout.columns, latest=LATEST)))


def own(**cells: str) -> str:
    """One row of our template; what is not given is a plain good row."""
    row = {
        "Kind": "found_animal",
        "Happened": "2026-11-19 14:05",
        "Place": "Kings Heath",
        "Longitude": "-1.8930",
        "Latitude": "52.4330",
    } | cells
    return ",".join(row.get(heading, "") for heading in TEMPLATE.columns.values()) + "\r\n"


def test_a_street_file_of_2011_gives_longitude_and_latitude_from_the_grid(write) -> None:
    place = "651409.903,313177.270,On or near Test Street,Violent crime,Station"
    (incident,) = rows_of(write(f"{OLD}2011-02,A Force,A Force,{place}\n"))
    assert (incident.kind, incident.place) == ("violence", "On or near Test Street (Station)")
    assert incident.happened.precision is Precision.MONTH
    # Degrees of the grid's own datum would be 1.71792, 52.65757: a hundred metres off.
    assert incident.longitude == pytest.approx(1.71605, abs=5e-5)
    assert incident.latitude == pytest.approx(52.65798, abs=5e-5)


def test_a_street_file_of_today_brings_crime_id_and_outcome(write) -> None:
    row = (
        "ab12,2026-09,A Force,A Force,-1.9,52.4,On or near Test Road,E01,Birmingham 1A,"
        "Possession of weapons,Investigation complete; no suspect identified,\n"
    )
    (incident,) = rows_of(write(NEW + row))
    assert (incident.kind, incident.reference) == ("weapon", "ab12")
    assert (incident.longitude, incident.latitude) == (-1.9, 52.4)
    assert incident.outcome_code == "18"
    assert incident.outcome_words == "Investigation complete; no suspect identified"


def test_a_row_without_a_location_is_good_and_has_no_point(write) -> None:
    row = ",2026-09,A Force,A Force,,,No Location,,,Anti-social behaviour,,\n"
    (incident,) = rows_of(write(NEW + row))
    assert incident.longitude is None
    assert incident.latitude is None


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Suspect charged", "1"),
        ("Local resolution", "8"),
        ("Offender given a caution", ""),
        ("Unable to prosecute suspect", ""),
        ("Defendant found not guilty", ""),
    ],
)
def test_an_outcome_gets_a_code_only_where_its_words_can_mean_one(write, words, code) -> None:
    row = f",2026-09,F,F,,,No Location,,,Burglary,{words},\n"
    (incident,) = rows_of(write(NEW + row))
    assert (incident.outcome_code, incident.outcome_words) == (code, words)


@pytest.mark.parametrize("layout", [POLICE_UK, POLICE_UK_2011, TEMPLATE])
def test_a_known_layout_is_recognised_whatever_the_order_and_case_of_its_headings(layout) -> None:
    headings = [heading.upper() for heading in reversed(layout.columns.values())]
    found = recognise(["Extra", *headings])
    assert found is not None
    assert found.name == layout.name
    assert set(found.columns.values()) == set(headings)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_encoding_and_separator_are_found_out(write, delimiter, encoding) -> None:
    content = (OWN + own(Place="Café “Zoë” – 3 £ off")).replace(",", delimiter)
    (incident,) = rows_of(write(content.encode(encoding)))
    assert incident.place == "Café “Zoë” – 3 £ off"


def test_a_gz_is_read_like_the_file_in_it(write) -> None:
    packed = gzip.compress((OWN + own()).encode())
    assert len(rows_of(write(packed, "file.csv.gz"))) == 1


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"PK\x03\x04rest", "Excel workbook"),
        ("Kind,Place\n".encode("utf-16"), "UTF-16"),
        (b"Kind,Happened\nburglary,\x00\n", "Line 2 holds a zero byte"),
        (b"Kind,Happened\nx,y\nCaf\x81,z\n", "Line 3 holds the byte 0x81"),
        ("Kind,Happened\nCafé,x\n".encode() + b"Caf\xe9,x\n", "Line 3 is not UTF-8"),
        (b"\xef\xbb\xbfKind,Happened\nCaf\xe9,x\n", "Line 2 is not UTF-8"),
        (b"just one heading\n", "column headings"),
        (b"\x1f\x8bnot really", ".gz file is broken"),
        (b"a" * 1_000_001, "not a CSV"),
    ],
)
def test_what_is_no_csv_file_is_refused_with_what_to_do(write, content, says) -> None:
    with pytest.raises(FileRefused, match=says):
        open_table(write(content))


@pytest.mark.parametrize(
    ("cells", "column", "says"),
    [
        ({"Kind": "jaywalking"}, "Kind", "not a kind of incident we know"),
        ({"Kind": ""}, "Kind", "empty"),
        ({"Happened": ""}, "Happened", "empty"),
        ({"Happened": "yesterday"}, "Happened", "not a date"),
        ({"Happened": "2026-02-30 10:00"}, "Happened", "not a date"),
        ({"Happened": "20261119"}, "Happened", "not a date"),
        ({"Happened": "2026-13"}, "Happened", "not a month"),
        ({"Happened": "2026-11-21 09:00"}, "Happened", "lies in the future"),
        ({"Happened": "0204-11-21 09:00"}, "Happened", "cannot be right"),
        ({"Happened": "2026-10-25 01:30"}, "Happened", "was twice"),
        ({"Happened": "2026-03-29 01:30"}, "Happened", "never was"),
        ({"Longitude": "52.4", "Latitude": "-1.9"}, "Longitude", "swapped"),
        ({"Longitude": "406600", "Latitude": "286800"}, "Longitude", "eastings and northings"),
        ({"Longitude": "0.0", "Latitude": "0.0"}, "Longitude", "outside the United Kingdom"),
        ({"Longitude": ""}, "Longitude", "no longitude"),
        ({"Longitude": "1e1"}, "Longitude", "not a number"),
        ({"Longitude": "nan"}, "Longitude", "not a number"),
        ({"Longitude": '"-1,9"'}, "Longitude", "full stop"),
        ({"Place": "x" * 101}, "Place", "101 characters long"),
        ({"Place": "bell \x07"}, "Place", r"U\+0007"),
        ({"Place": "412 High Street"}, "Place", "On or near High Street"),
        ({"Place": '"Flat 3, Oak House"'}, "Place", "points to one house"),
        ({"Place": "Outside no. 7b Test Road"}, "Place", "On or near Test Road"),
        ({"Outcome code": "14"}, "Outcome code", "victim did not support"),
        ({"Outcome code": "23"}, "Outcome code", "0 to 22"),
    ],
)
def test_each_fault_names_line_column_and_what_to_do(write, cells, column, says) -> None:
    (fault,) = faults_of(write(OWN + own() + own(**cells)))
    assert (fault.line, fault.column) == (3, column)
    with pytest.raises(AssertionError, match=says):
        raise AssertionError(fault.reason)


def test_every_fault_of_a_row_is_told_at_once(write) -> None:
    faults = faults_of(write(OWN + own(Kind="x", Happened="y", Longitude="z")))
    assert [fault.column for fault in faults] == ["Kind", "Happened", "Longitude"]
    assert str(faults[0]).startswith("Line 2, column “Kind”: “x” is not a kind")


def test_lines_are_counted_as_an_editor_shows_them(write) -> None:
    rows = own(Place='"two\r\nlines"') + "\r\n" + own(Kind="x") + own()
    assert [fault.line for fault in faults_of(write(OWN + rows))] == [5]


def test_a_row_of_the_wrong_width_is_bad(write) -> None:
    (fault,) = faults_of(write(OWN + "burglary,2026-11-19\r\n"))
    assert "2 cells, fewer than the 9 headings" in fault.reason


@pytest.mark.parametrize("rest", ['burglary,"never closed\r\n', 'burglary,"a" b,c\r\n'])
def test_a_broken_quotation_is_named_by_the_line_it_starts_on(write, rest) -> None:
    (fault,) = faults_of(write(OWN + own() + rest + own() * 10))
    assert fault.line == 3
    assert "quotation mark" in fault.reason


@pytest.mark.parametrize(
    ("written", "utc", "precision"),
    [
        ("2026-07-19 14:05", "2026-07-19T13:05", Precision.MINUTE),
        ("19/07/2026 14:05", "2026-07-19T13:05", Precision.MINUTE),
        ("9/7/2026 9:05", "2026-07-09T08:05", Precision.MINUTE),
        ("2026-07-19T14:05:30Z", "2026-07-19T14:05:30", Precision.MINUTE),
        ("2026-10-25 01:30+01:00", "2026-10-25T00:30", Precision.MINUTE),
        ("2026-10-25 01:30+00:00", "2026-10-25T01:30", Precision.MINUTE),
        ("19/07/2026", "2026-07-18T23:00", Precision.DAY),
        ("2026-07", "2026-06-30T23:00", Precision.MONTH),
    ],
)
def test_times_are_local_unless_they_say_otherwise(write, written, utc, precision) -> None:
    (incident,) = rows_of(write(OWN + own(Happened=written)))
    assert incident.happened.start == datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert incident.happened.precision is precision


def keys(incidents: Iterable[IncomingIncident]) -> list[bytes]:
    return [incident.key for incident in incidents]


def test_rows_that_read_alike_are_different_incidents_and_the_same_ones_next_time(write) -> None:
    path = write(OWN + own() * 3 + own(Place="Stirchley"))
    first = keys(rows_of(path))
    assert len(set(first)) == 4
    assert keys(rows_of(path)) == first


def test_a_file_saved_again_by_a_spreadsheet_keeps_its_keys(write) -> None:
    row = "2011-02,F,F,406600.0,286800.0,On or near Test Café,Burglary,\r\n"
    again = "Month;Location;Crime type;Context;Easting;Northing\n2011-02;On or near Test Café;Burglary;;406600;286800\n"
    before = keys(rows_of(write(OLD + row)))
    assert keys(rows_of(write(again.encode("cp1252"), "again.csv"))) == before


def test_a_row_with_a_reference_stays_the_same_incident_when_its_words_change(write) -> None:
    (before,) = rows_of(write(OWN + own(**{"Log reference": "412"})))
    (after,) = rows_of(
        write(OWN + own(**{"Log reference": "412", "What officers did": "Owner found."}))
    )
    assert after.key == before.key
    assert after.content != before.content


def test_the_same_log_number_of_another_day_is_another_incident(write) -> None:
    rows = own(**{"Log reference": "412"}) + own(
        **{"Log reference": "412", "Happened": "2026-11-18 14:05"}
    )
    assert len(set(keys(rows_of(write(OWN + rows))))) == 2


def test_columns_can_be_mapped_by_hand(write) -> None:
    path = write("When;What;Words\n2026-11-19 10:00;Alarm;Bell rang at the school\n")
    columns = {Field.HAPPENED: "When", Field.KIND: "What", Field.REPORTED: "Words"}
    (incident,) = rows_of(path, columns)
    assert (incident.kind, incident.reported) == ("alarm", "Bell rang at the school")


def test_headings_of_other_systems_are_suggested() -> None:
    found = suggest(["Log Number", "Incident type", "Date and time", "x_y", "Description"])
    assert found == {
        Field.REFERENCE: "Log Number",
        Field.KIND: "Incident type",
        Field.HAPPENED: "Date and time",
        Field.REPORTED: "Description",
    }


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({Field.KIND: "A"}, "No column is chosen for “When it happened”"),
        ({Field.KIND: "A", Field.HAPPENED: "Z"}, "no column “Z”"),
        ({Field.KIND: "A", Field.HAPPENED: "D"}, "Two columns are called “D”"),
        ({Field.KIND: "A", Field.HAPPENED: "B", Field.LONGITUDE: "C"}, "both or neither"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused_before_the_first_row(write, columns, says) -> None:
    with pytest.raises(FileRefused, match=says):
        read(open_table(write("A,B,C,D,D\n")), columns, latest=LATEST)


def test_every_field_has_a_label() -> None:
    assert set(LABELS) == set(Field)


def test_a_preview_counts_kinds_and_holds_the_file_back_for_one_bad_row(write) -> None:
    table = open_table(write(OWN + own() * 12 + own(Kind="alarm", Longitude="", Latitude="")))
    seen = preview(read(table, TEMPLATE.columns, latest=LATEST))
    assert (seen.rows, seen.good, seen.with_point, len(seen.first)) == (13, 13, 12, 10)
    assert seen.kinds == {"found_animal": 12, "alarm": 1}
    assert seen.may_be_imported

    table = open_table(write(OWN + own() + own(Kind="x", Happened="y")))
    seen = preview(read(table, TEMPLATE.columns, latest=LATEST))
    assert (seen.bad_rows, len(seen.faults)) == (1, 2)
    assert not seen.may_be_imported


@pytest.mark.parametrize("place", ["1st Avenue", "A38", "M5, Junction 4", "Platform 4 Café"])
def test_a_number_that_is_no_door_may_stand_in_a_place(write, place) -> None:
    (incident,) = rows_of(write(OWN + own(Place=f'"{place}"')))
    assert incident.place == place


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_known_by_its_slug_and_by_its_label(write, kind) -> None:
    first, second = rows_of(write(OWN + own(Kind=kind) + own(Kind=KINDS[kind].upper())))
    assert first.kind == second.kind == kind


def test_a_file_of_headings_alone_brings_nothing(write) -> None:
    seen = preview(read(open_table(write(OWN)), TEMPLATE.columns, latest=LATEST))
    assert not seen.may_be_imported


MEASURE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from hue.incidents.streetfile.preview import preview
from hue.incidents.streetfile.read import read
from hue.incidents.streetfile.table import open_table
from tests.place import SHARED
table = open_table(Path(sys.argv[1]))
seen = preview(read(table, table.layout.columns, latest=datetime(2026, 11, 20, tzinfo=UTC)))
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(seen.good, int(peak.split()[1]) // 1024)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_a_hundred_thousand_rows_are_read_within_150_megabytes(write) -> None:
    row = "2011-02,F,F,{}.0,286800.0,On or near Test Street {},Vehicle crime,\r\n"
    path = write(OLD + "".join(row.format(400_000 + n, n) for n in range(100_000)))
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    good, megabytes = map(int, done.stdout.split())
    assert good == 100_000
    assert megabytes < 150


@pytest.mark.skipif(not PUBLISHED.exists(), reason=f"the published file is not at {PUBLISHED}")
def test_every_record_that_west_midlands_police_published_for_february_2011_is_good() -> None:
    (path,) = PUBLISHED.glob("*.csv.gz")
    table = open_table(path)
    assert table.layout is not None
    assert table.layout.name == POLICE_UK_2011.name
    rows = list(read(table, table.layout.columns, latest=LATEST))
    assert [row.faults for row in rows if row.faults] == []
    incidents = [row.incident for row in rows if row.incident]
    assert len(incidents) == len(set(keys(incidents))) == 25_558
    assert all(incident.longitude is not None for incident in incidents)

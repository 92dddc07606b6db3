"""Whatever is written into a file in our layout is read back from it."""

import csv
import io
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import assume, given
from hypothesis import strategies as st

from hue.incidents.kinds import KINDS, OUTCOMES
from hue.incidents.streetfile.layouts import TEMPLATE
from hue.incidents.streetfile.parse import HOUSE
from hue.incidents.streetfile.read import read
from hue.incidents.streetfile.rows import FileRefused
from hue.incidents.streetfile.table import open_table

LATEST = datetime(2026, 11, 20, tzinfo=UTC)


def words(longest: int) -> st.SearchStrategy[str]:
    """What Windows-1252 and UTF-8 can both hold, without what a cell cannot (control, edges)."""
    letters = st.characters(codec="cp1252", exclude_categories=["Cc"])
    return st.text(letters, max_size=longest).map(str.strip)


moments = st.integers(0, 10_000_000).map(
    lambda minutes: datetime(2007, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
incidents = st.fixed_dictionaries(
    {
        "Kind": st.sampled_from(sorted(KINDS)),
        "Happened": moments.map(lambda moment: moment.isoformat(timespec="minutes")),
        "Place": words(100).filter(lambda place: not HOUSE.search(place)),
        "Longitude": st.integers(-900_000, 250_000).map(lambda n: f"{n / 100_000:.5f}"),
        "Latitude": st.integers(4_900_000, 6_150_000).map(lambda n: f"{n / 100_000:.5f}"),
        "Log reference": st.integers(1, 4_000).map(str),
        "What was reported": words(300),
        "What officers did": words(300),
        "Outcome code": st.sampled_from(sorted(OUTCOMES)),
    }
)


def as_file(rows: list[dict[str, str]], delimiter: str, encoding: str) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(TEMPLATE.columns.values()), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def read_back(content: bytes) -> list[dict[str, str]]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file.csv"
        path.write_bytes(content)
        found = read(open_table(path), TEMPLATE.columns, latest=LATEST)
        return [as_row(row) for row in found]


def is_utf8(content: bytes) -> bool:
    with suppress(UnicodeDecodeError):
        content.decode()
        return True
    return False


def as_row(row) -> dict[str, str]:
    assert not row.faults
    incident = row.incident
    return {
        "Kind": incident.kind,
        "Happened": incident.happened.start.isoformat(timespec="minutes"),
        "Place": incident.place,
        "Longitude": f"{incident.longitude:.5f}",
        "Latitude": f"{incident.latitude:.5f}",
        "Log reference": incident.reference,
        "What was reported": incident.reported,
        "What officers did": incident.did,
        "Outcome code": incident.outcome_code,
    }


@given(
    st.lists(incidents, max_size=5),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig"]),
)
def test_what_was_written_is_read_back(rows, delimiter, encoding) -> None:
    assert read_back(as_file(rows, delimiter, encoding)) == rows


@given(st.lists(incidents, max_size=5), st.sampled_from([",", ";", "\t"]))
def test_windows_1252_is_read_back_or_refused_but_never_spoilt(rows, delimiter) -> None:
    content = as_file(rows, delimiter, "cp1252")
    assume(content.isascii() or not is_utf8(content))  # "Â£" alone: nobody could tell
    try:
        found = read_back(content)
    except FileRefused:
        assert any(is_utf8(line) and not line.isascii() for line in content.split(b"\n"))
    else:
        assert found == rows


@given(st.binary(max_size=300))
def test_no_bytes_at_all_end_in_anything_but_rows_or_a_refusal(content) -> None:
    headings = ",".join(TEMPLATE.columns.values()).encode() + b"\n"
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file.csv"
        path.write_bytes(headings + content)
        with suppress(FileRefused):
            for row in read(open_table(path), TEMPLATE.columns, latest=LATEST):
                assert row.incident or row.faults

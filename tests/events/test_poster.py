"""The poster, read back from its file."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from pypdf import PdfReader

from hue.events import actions
from hue.events.poster import poster
from hue.lib import clock
from hue.pages.build import write_stale
from tests.cast import NOON, Cast


@pytest.fixture
def read(cast: Cast, settings: LazySettings) -> PdfReader:
    settings.HUE_SITE = "https://police.example"
    actions.plan(
        by=cast.comms,
        at=NOON,
        hashtag="bsp24",
        name="Twenty-four hours in the south",
        unit=cast.unit,
        purpose="To show what a day of neighbourhood policing is.",
        afterwards="The page stays.",
        starts_at=datetime(2026, 7, 10, 6, tzinfo=UTC),
        ends_at=datetime(2026, 7, 11, 6, tzinfo=UTC),
    )
    write_stale(at=NOON)
    file = Path(settings.PUBLIC_ROOT, "events/bsp24/poster.pdf")
    return PdfReader(BytesIO(file.read_bytes()))


def test_it_says_what_when_and_how_to_follow(read: PdfReader) -> None:
    text = " ".join(read.pages[0].extract_text().split())
    assert len(read.pages) == 1
    for words in (
        "Test Police",
        "#bsp24",
        "To show what a day of neighbourhood policing is.",
        "Friday 10 July 2026, 07:00 to Saturday 11 July 2026, 07:00 (24 hours)",
        "police.example/events/bsp24",
        "No account is needed",
        "999",
    ):
        assert words in text


def test_a_screen_reader_can_read_it(read: PdfReader) -> None:
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712  a PDF boolean
    assert root["/StructTreeRoot"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert read.metadata is not None
    assert read.metadata.title == "Twenty-four hours in the south #bsp24"
    assert b"pdfuaid" in read.trailer["/Root"]["/Metadata"].get_data()
    box = read.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)


def test_the_forces_colours_and_any_words_fit_one_page(cast: Cast) -> None:
    cast.force.colours = {"ink": "#401010", "lamp": "#a0522d"}
    cast.event.name = 'A "very" long *name* with #set and $maths$ ' * 2
    cast.event.purpose = "To show everything. " * 15
    cast.event.hashtag = "a" * 30
    pdf = PdfReader(BytesIO(poster(cast.event, cast.force)))
    assert len(pdf.pages) == 1
    assert "*name* with #set and $maths$" in " ".join(pdf.pages[0].extract_text().split())


def test_a_change_of_the_charter_makes_a_new_poster(cast: Cast, settings: LazySettings) -> None:
    event = actions.plan(
        by=cast.comms,
        at=NOON,
        hashtag="bsp26",
        name="A day",
        unit=cast.unit,
        purpose="To show.",
        afterwards="The page stays.",
        starts_at=clock.real_now(),
        ends_at=clock.real_now().replace(year=2099),
    )
    actions.amend(by=cast.comms, at=NOON, event=event, purpose="To listen.")
    write_stale(at=NOON)
    file = Path(settings.PUBLIC_ROOT, "events/bsp26/poster.pdf")
    assert "To listen." in PdfReader(file).pages[0].extract_text()

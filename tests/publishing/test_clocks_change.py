"""The end of summer time falls into an event; a machine's clock is set back."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings

from hue.events import actions as events
from hue.events import jobs as event_jobs
from hue.events.models import LiveEvent
from hue.incidents import actions as incidents
from hue.lib import clock
from hue.pages.build import write_stale
from hue.publishing import actions, jobs, queries
from hue.publishing.actions.compose import Draft
from hue.publishing.models import Post
from hue.publishing.sitemaps import figures
from hue.streams.models import Told
from tests.cast import NOON, Cast

MIDNIGHT = datetime(2026, 10, 24, 23, 0, tzinfo=UTC)  # 25 October, 00:00 in Birmingham
# At 02:00 the clocks show 01:00 again: the day has 25 hours.
END = datetime(2026, 10, 26, 0, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    yield
    clock.reset()


@pytest.fixture
def night(cast: Cast) -> LiveEvent:
    event = events.plan(
        by=cast.comms,
        at=NOON,
        hashtag="night25",
        name="The long night",
        unit=cast.unit,
        purpose="To show a night.",
        afterwards="The page stays.",
        starts_at=MIDNIGHT,
        ends_at=END,
    )
    events.move(by=cast.comms, at=MIDNIGHT, event=event, state="live")
    return event


def tell(cast: Cast, event: LiveEvent, at: datetime, text: str) -> Post:
    incident = incidents.report(
        by=cast.officer, at=at, kind="alarm", happened_at=at, neighbourhood=cast.kings_heath
    )
    draft = Draft(text, kind="incident", incident=incident, event=event)
    return actions.compose(by=cast.officer, at=at, draft=draft)


def test_every_hour_of_the_long_night_is_told_and_counted_once(
    cast: Cast, night: LiveEvent, settings: LazySettings
) -> None:
    for hour in range(25):
        tell(cast, night, MIDNIGHT + timedelta(hours=hour, minutes=30), f"Alarm number {hour}x.")
    hours = queries.event_hours(night)
    # Clocks have 24 names for 25 hours: both passes of 01:00 stand under the one name.
    assert [h.calls for h in hours] == [1, 2, *[1] * 22]
    chart = figures.chart(night, hours)
    assert chart is not None
    assert [bar["calls"] for bar in chart["bars"]] == [1, 2, *[1] * 22]
    clock.run_at(0, shown=END)
    write_stale(at=END)
    folder = Path(settings.PUBLIC_ROOT, "events/night25")
    pages = {file.stem: file.read_text() for file in folder.glob("2026-10-25-*.html")}
    assert sorted(pages) == [f"2026-10-25-{hour:02}" for hour in range(24)]
    for hour in range(25):
        there = [name for name, page in pages.items() if f"Alarm number {hour}x." in page]
        shown = hour if hour < 2 else hour - 1
        assert there == [f"2026-10-25-{shown:02}"]
    first, second = (pages["2026-10-25-01"].index(f"Alarm number {n}x.") for n in (1, 2))
    assert first != second
    assert "25 h of 25 h" in Path(settings.PUBLIC_ROOT, "events/night25.html").read_text()


def test_the_hour_that_is_left_out_in_spring_has_no_bar(cast: Cast, night: LiveEvent) -> None:
    start = datetime(2026, 3, 29, 0, 0, tzinfo=UTC)
    LiveEvent.objects.filter(pk=night.pk).update(
        starts_at=start, ends_at=start + timedelta(hours=23)
    )
    night.refresh_from_db()
    for hour in range(23):
        tell(cast, night, start + timedelta(hours=hour, minutes=30), f"Alarm number {hour}x.")
    chart = figures.chart(night, queries.event_hours(night))
    assert chart is not None
    assert [bar["calls"] for bar in chart["bars"]] == [1] * 23
    assert [bar["hour"] for bar in chart["bars"]][:2] == ["Sunday 00:00", "Sunday 02:00"]


def test_the_long_night_ends_after_twenty_five_hours(cast: Cast, night: LiveEvent) -> None:
    for at, state in ((END - timedelta(minutes=1), "live"), (END, "closing")):
        clock.run_at(0, shown=at)
        event_jobs.move_due()
        night.refresh_from_db()
        assert night.state == state


def test_posts_of_the_hour_that_comes_twice_stand_in_the_order_they_were_told(
    cast: Cast, night: LiveEvent
) -> None:
    before = tell(cast, night, MIDNIGHT + timedelta(minutes=90), "In the first pass.")
    after = tell(cast, night, MIDNIGHT + timedelta(minutes=150), "In the second pass.")
    assert list(Post.objects.filter(event=night).newest_first()) == [after, before]
    # The same time on the clock; the machine-readable one says which.
    assert "01:30" in before.html
    assert "01:30" in after.html
    assert "2026-10-25T01:30:00+01:00" in before.html
    assert "2026-10-25T01:30:00+00:00" in after.html


def test_a_clock_that_is_set_back_an_hour_publishes_nothing_twice_and_loses_nothing(
    cast: Cast,
) -> None:
    def run(at: datetime) -> None:
        clock.run_at(0, shown=at)
        jobs.look_around()
        jobs.remind()
        event_jobs.move_due()

    planned = {
        minutes: actions.compose(
            by=cast.officer,
            at=NOON,
            draft=Draft(f"Planned for {minutes}.", publish_at=NOON + timedelta(minutes=minutes)),
        )
        for minutes in (10, 50, 70)
    }
    for minutes in range(0, 61, 10):
        run(NOON + timedelta(minutes=minutes))
    back = NOON  # somebody sets the machine back
    run(back)
    spoken = actions.compose(by=cast.officer, at=back, draft=Draft("Said after the change."))
    for minutes in range(1, 75, 8):
        run(NOON + timedelta(minutes=minutes))
    run(NOON + timedelta(minutes=75))
    states = set(Post.objects.values_list("state", flat=True))
    assert states == {"published"}
    for post in [*planned.values(), spoken]:
        assert Told.objects.filter(topic="force", kind="added", data__id=post.pk).count() == 1
    cast.event.refresh_from_db()
    assert cast.event.state == "live"

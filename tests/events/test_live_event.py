"""A live event from its charter to the end, on the desk and by the clock."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from hue.audit.models import Entry
from hue.events import actions, jobs
from hue.events.models import GuestPass, LiveEvent
from hue.lib import clock
from hue.pages.build import write_stale
from hue.people.access import Refused
from hue.publishing import actions as publishing
from hue.publishing.actions.compose import Draft
from tests.cast import NOON, Cast

DESK = "/desk/events/"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    clock.run_at(0, shown=NOON)
    yield
    clock.reset()


@pytest.fixture
def desk(cast: Cast, client: Client) -> Client:
    client.force_login(cast.comms)
    return client


def form(cast: Cast, **also: str) -> dict[str, str]:
    return {
        "hashtag": "#BSP25",
        "name": "25 hours in the south",
        "unit": str(cast.unit.pk),
        "purpose": "To show a night's work.",
        "introduction": "",
        "afterwards": "The page stays.",
        "owner": str(cast.comms.pk),
        "starts_at": "2026-10-25T00:00",
        "ends_at": "2026-10-26T00:00",
        **also,
    }


def run_at(at: object) -> None:
    clock.run_at(0, shown=at)  # type: ignore[arg-type]
    jobs.move_due()


def test_an_event_is_planned_with_its_charter(cast: Cast, desk: Client) -> None:
    page = desk.post(f"{DESK}new/", form(cast), follow=True).content.decode()
    assert "To show a night&#x27;s work." in page
    assert "Sunday 25 October 2026, 00:00 to Monday 26 October 2026, 00:00 (25 hours)" in page
    assert LiveEvent.objects.get(hashtag="bsp25").state == "planned"
    assert Entry.objects.filter(kind="event.planned").exists()
    assert "#bsp25" in desk.get(DESK).content.decode()


@pytest.mark.parametrize(
    ("also", "says"),
    [
        ({"hashtag": "24 hours!"}, "a letter first"),
        ({"hashtag": "day24"}, "was used before"),
        ({"ends_at": "2026-10-24T00:00"}, "must end after it starts"),
        ({"purpose": ""}, "Purpose"),
    ],
)
def test_a_charter_with_a_mistake_says_so(
    cast: Cast, desk: Client, also: dict[str, str], says: str
) -> None:
    page = desk.post(f"{DESK}new/", form(cast, **also)).content.decode()
    assert "There is a problem" in page
    assert says in page
    assert LiveEvent.objects.count() == 1


def test_a_charter_changes_only_until_the_event_begins(cast: Cast, desk: Client) -> None:
    desk.post(f"{DESK}new/", form(cast))
    desk.post(f"{DESK}bsp25/edit/", form(cast, purpose="To listen."))
    event = LiveEvent.objects.get(hashtag="bsp25")
    assert event.purpose == "To listen."
    assert Entry.objects.get(kind="event.amended").data["what"] == "purpose"
    actions.move(by=cast.comms, at=NOON, event=event, state="live")
    page = desk.post(f"{DESK}bsp25/edit/", form(cast, purpose="Too late.")).content.decode()
    assert "stays as it was" in page


def test_it_starts_closes_and_ends_by_the_clock_each_once(cast: Cast, desk: Client) -> None:
    desk.post(f"{DESK}new/", form(cast, starts_at="2026-08-01T07:00", ends_at="2026-08-02T07:00"))
    event = LiveEvent.objects.get(hashtag="bsp25")
    states = []
    for at in (
        event.starts_at - timedelta(seconds=1),
        event.starts_at,
        event.ends_at - timedelta(seconds=1),
        event.ends_at,
        event.ends_at + timedelta(days=7) - timedelta(seconds=1),
        event.ends_at + timedelta(days=7),
    ):
        run_at(at)
        jobs.move_due()
        event.refresh_from_db()
        states.append(event.state)
    assert states == ["planned", "live", "live", "closing", "closing", "closed"]
    moved = Entry.objects.filter(kind="event.moved", data__hashtag="bsp25")
    assert moved.count() == 3


def test_an_event_that_passed_while_nothing_ran_is_caught_up_with(cast: Cast) -> None:
    event = cast.event
    LiveEvent.objects.filter(pk=event.pk).update(state="planned")
    run_at(event.ends_at + timedelta(days=30))
    event.refresh_from_db()
    assert event.state == "closed"


def test_started_and_closed_early_its_hours_are_those_it_had(cast: Cast, desk: Client) -> None:
    desk.post(f"{DESK}new/", form(cast))
    desk.post(f"{DESK}bsp25/live/")
    clock.run_at(0, shown=NOON + timedelta(hours=2))
    desk.post(f"{DESK}bsp25/closing/")
    event = LiveEvent.objects.get(hashtag="bsp25")
    assert (event.state, event.starts_at, event.ends_at) == (
        "closing",
        NOON,
        NOON + timedelta(hours=2),
    )


def test_a_cancelled_event_keeps_its_page_and_loses_its_poster(
    cast: Cast, desk: Client, settings: LazySettings
) -> None:
    desk.post(f"{DESK}new/", form(cast))
    write_stale(at=NOON)
    poster = Path(settings.PUBLIC_ROOT, "events/bsp25/poster.pdf")
    assert poster.exists()
    desk.post(f"{DESK}bsp25/cancelled/")
    write_stale(at=NOON)
    assert not poster.exists()
    assert Path(settings.PUBLIC_ROOT, "events/bsp25.html").exists()
    desk.post(f"{DESK}bsp25/live/")
    assert LiveEvent.objects.get(hashtag="bsp25").state == "cancelled"


def test_the_list_of_live_events_follows_each_of_them(
    cast: Cast, desk: Client, settings: LazySettings
) -> None:
    listed = Path(settings.PUBLIC_ROOT, "events.html")
    desk.post(f"{DESK}new/", form(cast))
    write_stale(at=NOON)
    assert 'href="/events/bsp25/"' in listed.read_text()
    desk.post(f"{DESK}bsp25/cancelled/")
    write_stale(at=NOON)
    assert 'href="/events/bsp25/"' not in listed.read_text()


def test_a_guest_posts_in_their_hours_until_the_pass_is_taken_back(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.sergeant)
    guests = f"{DESK}day24/guests/"
    hours = {"starts_at": "2026-07-09T11:00", "ends_at": "2026-07-09T14:00"}
    client.post(guests, {"guest": cast.guest.pk, **hours})
    draft = Draft("From the back of the van.", event=cast.event)
    post = publishing.compose(by=cast.guest, at=NOON, draft=draft)
    assert post.state == "in_review"
    with pytest.raises(Refused, match="another hour"):
        publishing.compose(by=cast.guest, at=NOON + timedelta(hours=2), draft=draft)
    admitted = GuestPass.objects.get()
    assert "Take the pass back" in client.get(f"{DESK}day24/").content.decode()
    client.post(f"{guests}{admitted.pk}/revoke/")
    with pytest.raises(Refused, match="guest pass"):
        publishing.compose(by=cast.guest, at=NOON, draft=draft)
    assert "taken back" in client.get(f"{DESK}day24/").content.decode()


@pytest.mark.parametrize(
    ("hours", "says"),
    [
        (("2026-07-09T14:00", "2026-07-09T11:00"), "must end after"),
        (("2026-07-09T08:00", "2026-07-10T09:00"), "hours, not days"),
        (("2026-08-09T08:00", "2026-08-09T09:00"), "outside the event"),
    ],
)
def test_a_pass_is_for_some_hours_of_the_event(
    cast: Cast, client: Client, hours: tuple[str, str], says: str
) -> None:
    client.force_login(cast.sergeant)
    sent = {"guest": cast.guest.pk, "starts_at": hours[0], "ends_at": hours[1]}
    assert says in client.post(f"{DESK}day24/guests/", sent).content.decode()
    assert not GuestPass.objects.exists()


def test_only_who_plans_events_sees_how_and_may(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    page = client.get(f"{DESK}day24/").content.decode()
    assert "Close now" not in page
    assert client.post(f"{DESK}day24/closing/").status_code == 403
    assert client.get(f"{DESK}new/").status_code == 403
    assert client.post(f"{DESK}day24/guests/", {}).status_code == 403
    cast.event.refresh_from_db()
    assert cast.event.state == "live"


@pytest.mark.parametrize("address", ["new/", "bsp25/edit/"])
def test_a_name_holds_nothing_that_cannot_be_seen(cast: Cast, desk: Client, address: str) -> None:
    if address != "new/":
        desk.post(f"{DESK}new/", form(cast))
    said = {"name": "25 \u202ehours\u200b\nof work", "purpose": "To show\x07 a day."}
    desk.post(DESK + address, form(cast, **said))
    event = LiveEvent.objects.get(hashtag="bsp25")
    assert (event.name, event.purpose) == ("25 hours of work", "To show a day.")

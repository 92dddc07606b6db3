"""An officer's face is public by their own choice, and gone wherever it stood when that ends."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hue.audit.models import Entry
from hue.audit.record import read_aloud
from hue.media import files
from hue.media.actions import show_portrait, take_back_portrait, take_in
from hue.media.jobs import erase, settle_portrait
from hue.media.models import Picture, Portrait
from hue.people import actions as people
from hue.people.access import Refused
from hue.people.models import Officer
from hue.publishing import actions
from hue.publishing.actions.compose import Draft
from tests.cast import NOON, Cast
from tests.media.test_pictures import photo
from tests.publishing.public import holding, read, root, written


@pytest.fixture
def named(cast: Cast) -> Officer:
    return people.set_public(by=cast.officer, at=NOON, public=True)


def show(officer: Officer) -> list[str]:
    """The names of the files that are public then."""
    portrait = show_portrait(by=officer, at=NOON, content=photo())
    written()
    return sorted(portrait.picture.sizes.values())


def pages_of(officer: Officer) -> list[str]:
    return [
        f"officers/amina-{officer.pk}.html",
        "teams/kings-heath-team.html",
        "neighbourhoods/kings-heath.html",
    ]


def where(name: str) -> list[bool]:
    """Whether the public can fetch it, and whether we keep it."""
    return [files.public(name).exists(), files.where(name).exists()]


def timeless(page: str) -> str:
    """But for the times at which it was written."""
    return re.sub(r"<time.*?</time>|\d\d:\d\d", "", read(page))


def test_a_portrait_stands_on_the_pages_of_officer_team_and_place(named: Officer) -> None:
    names = show(named)
    for page in pages_of(named):
        assert f"/media/{names[0]}" in read(page) or f"/media/{names[1]}" in read(page)
    assert [where(name) for name in names] == [[True, True]] * 3
    assert 'alt="PCSO Amina"' in read(pages_of(named)[0])
    assert [int(width) for width in Portrait.objects.get().picture.sizes] == [96, 192, 384]
    assert (Portrait.objects.get().picture.width, Portrait.objects.get().picture.height) == (
        384,
        384,
    )
    assert read_aloud(Entry.objects.get(kind="portrait.shown")).startswith("PCSO Amina chose")


def test_who_takes_it_back_takes_every_file_back(named: Officer) -> None:
    names = show(named)
    take_back_portrait(by=named, at=NOON, officer=named)
    written()
    erase(names)
    assert [where(name) for name in names] == [[False, False]] * 3
    assert [holding(name) for name in names] == [[]] * 3
    assert not Portrait.objects.exists()
    assert not Picture.objects.exists()
    assert (root() / pages_of(named)[0]).exists()


def test_a_new_picture_replaces_the_old_one_everywhere(named: Officer) -> None:
    old = show(named)
    show_portrait(by=named, at=NOON, content=photo(900, 900))
    written()
    erase(old)
    assert [where(name) for name in old] == [[False, False]] * 3
    assert Portrait.objects.get().picture.sizes["96"] in read(pages_of(named)[0])


@pytest.mark.parametrize("end", ["no longer named", "left"])
def test_the_picture_goes_with_the_name(cast: Cast, named: Officer, end: str) -> None:
    names = show(named)
    if end == "left":
        cast.sergeant.roles = ["administrator"]
        cast.sergeant.save()
        cast.colleague.roles = ["administrator"]
        cast.colleague.save()
        people.leave(by=cast.sergeant, at=NOON, officer=named)
    else:
        people.set_public(by=named, at=NOON, public=False)
    settle_portrait(named.pk)
    written()
    erase(names)
    assert [where(name) for name in names] == [[False, False]] * 3
    assert [holding(name) for name in names] == [[]] * 3


def test_nothing_public_tells_that_an_officer_is_suspended(cast: Cast, named: Officer) -> None:
    names = show(named)
    before = [timeless(page) for page in pages_of(named)]
    people.suspend(by=cast.sergeant, at=NOON, officer=named, reason="An inquiry.")
    settle_portrait(named.pk)
    written()
    assert [where(name) for name in names] == [[True, True]] * 3
    assert [timeless(page) for page in pages_of(named)] == before


def test_what_another_public_picture_shows_as_well_stays(cast: Cast, named: Officer) -> None:
    small = photo(96, 96)
    portrait = show_portrait(by=named, at=NOON, content=small)
    twin = take_in(by=cast.sergeant, at=NOON, content=small, alt="The same")
    actions.compose(by=cast.sergeant, at=NOON, draft=Draft("Look.", pictures=[twin]))
    (name,) = portrait.picture.sizes.values()
    assert name in twin.sizes.values()
    take_back_portrait(by=named, at=NOON, officer=named)
    erase([name])
    written()
    assert where(name) == [True, True]


def test_nobody_shows_or_hides_a_face_for_another(cast: Cast, named: Officer) -> None:
    with pytest.raises(Refused, match="named in public first"):
        show_portrait(by=cast.sergeant, at=NOON, content=photo())
    show(named)
    with pytest.raises(Refused, match="Only the person"):
        take_back_portrait(by=cast.sergeant, at=NOON, officer=named)


def test_the_officers_own_screen_shows_replaces_and_takes_back(
    named: Officer, client: Client
) -> None:
    client.force_login(named)
    page = "/desk/media/portrait/"
    assert client.post(page).status_code == 422
    wrong = client.post(page, {"picture": SimpleUploadedFile("a.jpg", b"MZ")})
    assert wrong.status_code == 409
    assert "no picture that we can take" in wrong.content.decode()
    sent = {"picture": SimpleUploadedFile("a.jpg", photo())}
    assert "Take it back" in client.post(page, sent, follow=True).content.decode()
    answer = client.post(page + "take-back/", follow=True)
    assert "Show it in public" in answer.content.decode()
    assert not Portrait.objects.exists()

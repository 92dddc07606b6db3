"""A picture is public exactly while a published post shows it."""

from datetime import timedelta
from pathlib import Path

import pytest
import pyvips
from django.conf import LazySettings
from django.test import Client

from hue.media import files
from hue.media.actions import take_in
from hue.media.models import Picture
from hue.pages.build import write_stale
from hue.people.access import Refused
from hue.publishing import actions
from hue.publishing.actions.compose import Draft
from hue.publishing.models import Post
from tests.cast import NOON, Cast
from tests.media.test_pictures import photo


@pytest.fixture
def picture(cast: Cast) -> Picture:
    return take_in(by=cast.officer, at=NOON, content=photo(), alt="A brown puppy")


def publish(cast: Cast, *pictures: Picture, send: str = "publish") -> Post:
    draft = Draft("A puppy was found.", event=cast.event, pictures=list(pictures))
    return actions.compose(by=cast.officer, at=NOON, draft=draft, send=send)


def public(picture: Picture) -> list[bool]:
    return [files.public(name).exists() for name in picture.sizes.values()]


def holding(root: Path, *needles: bytes) -> list[Path]:
    """Public files that hold one of these: words, names or pixels."""
    kept = [file for file in root.rglob("*") if file.is_file()]
    return [
        f for f in kept if any(n in f.read_bytes() or n.decode("latin1") in f.name for n in needles)
    ]


def test_all_sizes_become_public_with_the_post_and_not_before(cast: Cast, picture: Picture) -> None:
    post = publish(cast, picture, send="review")
    write_stale(at=NOON)
    assert public(picture) == [False] * 3
    actions.approve(by=cast.sergeant, at=NOON, post=post, seen=1)
    write_stale(at=NOON)
    assert public(picture) == [True] * 3


def test_a_reader_who_is_told_of_the_post_finds_its_picture_at_once(
    cast: Cast, picture: Picture
) -> None:
    publish(cast, picture)
    assert public(picture) == [True] * 3


def test_a_withdrawn_posts_pixels_are_in_no_public_file(
    cast: Cast, picture: Picture, settings: LazySettings
) -> None:
    post = publish(cast, picture)
    write_stale(at=NOON)
    names = [name.encode() for name in picture.sizes.values()]
    pixels = [files.where(name).read_bytes() for name in picture.sizes.values()]
    assert holding(Path(settings.PUBLIC_ROOT), *names)
    actions.withdraw(by=cast.sergeant, at=NOON, post=post, reason="It showed a face.")
    write_stale(at=NOON)
    assert holding(Path(settings.PUBLIC_ROOT), *names, *pixels, b"brown puppy") == []
    assert files.where(names[0].decode()).exists()  # nothing is destroyed


def test_a_picture_stays_while_another_public_post_shows_the_same(
    cast: Cast, picture: Picture
) -> None:
    again = take_in(by=cast.sergeant, at=NOON, content=photo(), alt="The same puppy")
    first, second = publish(cast, picture), publish(cast, again)
    write_stale(at=NOON)
    actions.withdraw(by=cast.sergeant, at=NOON, post=first, reason="Twice.")
    write_stale(at=NOON)
    assert public(picture) == [True] * 3
    actions.withdraw(by=cast.sergeant, at=NOON, post=second, reason="It showed a face.")
    write_stale(at=NOON)
    assert public(picture) == [False] * 3


def test_a_redacting_correction_takes_a_picture_away(
    cast: Cast, picture: Picture, settings: LazySettings
) -> None:
    other = take_in(by=cast.officer, at=NOON, content=photo(900, 600), alt="Her basket")
    post = publish(cast, picture, other)
    write_stale(at=NOON)
    at = NOON + timedelta(minutes=5)
    said = {"by": cast.sergeant, "at": at, "post": post, "seen": 1, "text": "A puppy."}
    with pytest.raises(Refused, match="redacting"):
        actions.correct(**said, reason="A face.", without=[picture])
    actions.correct(**said, reason="A face.", redact=True, without=[picture])
    write_stale(at=at)
    assert public(picture) == [False] * 3
    assert public(other) == [True] * 2
    assert holding(Path(settings.PUBLIC_ROOT), b"brown puppy") == []
    assert "Her basket" in Path(settings.PUBLIC_ROOT, f"posts/{post.id}.html").read_text()


def test_practice_shows_no_picture(cast: Cast, picture: Picture) -> None:
    cast.officer.practice = True
    cast.officer.save()
    publish(cast, picture)
    write_stale(at=NOON)
    assert public(picture) == [False] * 3


def test_before_it_is_public_a_picture_is_seen_by_those_who_see_its_post(
    cast: Cast, client: Client, picture: Picture
) -> None:
    cast.comms.roles = ["press"]
    cast.comms.save()
    address = f"/desk/media/{picture.pk}/900/"

    def answers() -> list[int]:
        found = []
        for officer in (cast.officer, cast.sergeant, cast.comms, cast.guest, cast.stranger):
            client.force_login(officer)
            found.append(client.get(address).status_code)
        return found

    assert client.get(address).status_code == 302
    assert answers() == [200, 403, 403, 403, 403]  # in no post yet: its own photographer's
    draft = publish(cast, picture, send="draft")
    assert answers() == [200, 200, 403, 403, 403]
    actions.submit(by=cast.officer, at=NOON, post=draft, for_review=True)
    assert answers() == [200, 200, 200, 403, 403]
    actions.approve(by=cast.sergeant, at=NOON, post=draft, seen=1)
    actions.withdraw(by=cast.sergeant, at=NOON, post=draft, reason="It shows a child.")
    assert answers() == [403] * 5


def test_the_desk_gets_the_size_it_asks_for(cast: Cast, client: Client, picture: Picture) -> None:
    client.force_login(cast.officer)
    answer = client.get(f"/desk/media/{picture.pk}/900/")
    assert pyvips.Image.new_from_buffer(answer.content, "").width == 960
    assert client.get(f"/desk/media/{picture.pk}/9000/").status_code == 200
    assert client.get("/desk/media/nothing/480/").status_code == 404

"""A picture of a shape that a network does not take is cut for it, and nowhere else."""

from collections.abc import Iterator

import pytest
import pyvips

from hue.channels.crops import box
from hue.channels.models import Delivery
from hue.pages.build import write_stale
from hue.pages.files import within_root
from hue.people.models import Officer
from hue.publishing import actions as publishing
from tests.cast import NOON, Cast
from tests.channels import meta
from tests.channels.opened import opened, say, work
from tests.channels.stub import serving
from tests.desk.test_desk import signed_in
from tests.media.test_pictures import ALT, photo, take

TAKEN = (0.8, 1.91)


@pytest.mark.parametrize(
    ("width", "height", "cut"),
    [
        (1000, 1000, None),
        (800, 1000, None),
        (1910, 1000, None),
        (2000, 1000, (45, 0, 1910, 1000)),
        (400, 1000, (0, 250, 400, 500)),
    ],
)
def test_as_much_as_fits_stays_and_it_is_the_middle(
    width: int, height: int, cut: tuple[int, ...] | None
) -> None:
    assert box(width, height, TAKEN) == cut
    assert box(width, height, None) is None


@pytest.fixture
def instagram(cast: Cast, owner: Officer) -> Iterator[meta.InstagramStub]:
    with serving(meta.InstagramStub()) as stub:
        opened(cast, owner, "instagram", stub.url, {"token": meta.TOKEN})
        assert isinstance(stub, meta.InstagramStub)
        yield stub


def given(stub: meta.InstagramStub) -> str:
    """The address that the network was told to fetch."""
    [asked] = [one for one in stub.writes if one.path.endswith("/me/media")]
    return str(asked.body["image_url"])


def test_a_wide_picture_is_cut_and_stands_among_our_files_as_long_as_the_post(
    cast: Cast, instagram: meta.InstagramStub
) -> None:
    post = say(cast, "Puppy found.", pictures=[take(cast, photo(2000, 1000))])
    work()
    assert Delivery.objects.get().state == "sent"
    address = given(instagram)
    assert "/crops/" in address
    file = within_root(f"crops/{address.rpartition('/')[2]}")
    made = pyvips.Image.new_from_file(str(file))
    assert made.width / made.height <= 1.91
    assert (made.height, made.width) == (800, 1528)
    publishing.withdraw(by=cast.sergeant, at=NOON, post=post, reason="Wrong place.")
    write_stale(at=NOON)
    assert not file.exists()


def test_a_picture_that_fits_is_not_cut(cast: Cast, instagram: meta.InstagramStub) -> None:
    say(cast, "Puppy found.", pictures=[take(cast, photo(1000, 1000))])
    work()
    assert "/media/" in given(instagram)


def test_whoever_writes_is_told_before(cast: Cast, instagram: meta.InstagramStub) -> None:
    asked = {"text": "Puppy found.", "neighbourhood": "kings-heath", "alts": [ALT]}
    page = signed_in(cast.officer).post("/desk/posts/elsewhere/", asked).content.decode()
    assert "is cut there: its middle stays." in page

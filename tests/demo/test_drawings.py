"""The demonstration's pictures come from files of ours and are small."""

import pytest
import pyvips

from hue.demo import drawings
from hue.media.actions import take_in
from tests.cast import NOON, Cast

NAMES = ["bike", "keys", "officer", "patrol", "phone", "puppy", "road", "van"]


def test_all_of_them_are_there() -> None:
    assert sorted(file.stem for file in drawings.DRAWN.glob("*.svg")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_is_small_and_the_same_each_time(name: str) -> None:
    drawn = drawings.draw(name)
    image = pyvips.Image.new_from_buffer(drawn, "")
    assert (image.width, image.height) == (1600, 1000)
    assert len(drawn) < 200_000
    drawings.draw.cache_clear()
    assert drawings.draw(name) == drawn


def test_it_is_taken_in_like_any_picture(cast: Cast) -> None:
    picture = take_in(by=cast.officer, at=NOON, content=drawings.draw("puppy"), alt="A drawn puppy")
    assert picture.width == 1600

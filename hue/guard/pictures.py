"""Asks one question of every picture."""

from collections.abc import Callable, Iterator

from hue.guard.draft import Picture
from hue.guard.reading import Field, Reading
from hue.guard.rule import Hit


def each(is_wrong: Callable[[Picture, Reading], bool]) -> Callable[[Reading], Iterator[Hit]]:
    def find(reading: Reading) -> Iterator[Hit]:
        for number, picture in enumerate(reading.draft.pictures):
            if is_wrong(picture, reading):
                yield Hit(Field(f"pictures.{number}", ""))

    return find

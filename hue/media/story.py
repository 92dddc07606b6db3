"""What rooms above know of a picture; they set it when the software starts."""

from collections.abc import Callable

from hue.media.models import Picture
from hue.people.access import Refused
from hue.people.models import Officer


def _nobody(picture: Picture, officer: Officer) -> list[tuple[str, str]]:
    return []


def _own(officer: Officer, picture: Picture) -> None:
    if officer.pk != picture.by_id:
        raise Refused("This picture belongs to somebody else.")


# Whether somebody may see it: refused with a sentence.
may_see: Callable[[Officer, Picture], None] = _own
# Key and words of each person concerned in the case that the picture belongs to.
people_of: Callable[[Picture, Officer], list[tuple[str, str]]] = _nobody

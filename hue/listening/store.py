"""Files on their way in: under HUE_DATA, never public, gone once they were taken in."""

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from hue.people.access import Refused

LARGEST = 200 * 2**20


def keep(bringing: int, chunks: Iterable[bytes]) -> None:
    path, size = path_of(bringing), 0
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > LARGEST:
                file.close()
                path.unlink()
                raise Refused("The file is larger than 200 MB. Split it by day.")
            file.write(chunk)


def path_of(bringing: int) -> Path:
    return Path(settings.HUE_DATA) / "listening" / f"{bringing}.lines"


def remove(bringing: int) -> None:
    path_of(bringing).unlink(missing_ok=True)

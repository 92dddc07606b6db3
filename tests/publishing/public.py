"""Saying something, and reading the public files as the public does."""

import gzip
from pathlib import Path

from django.conf import settings

from hue.pages.build import write_stale
from hue.publishing import actions
from hue.publishing.actions.compose import Draft
from hue.publishing.models import Post
from tests.cast import NOON, Cast

WORDS = "Puppy found on the High Street. Owner, we have her."


def say(cast: Cast, words: str = WORDS, **also: object) -> Post:
    at = also.pop("at", NOON)
    draft = Draft(words, event=also.pop("event", cast.event), **also)
    return actions.compose(by=cast.officer, at=at, draft=draft)


def root() -> Path:
    return Path(settings.PUBLIC_ROOT)


def read(path: str) -> str:
    return (root() / path).read_text()


def written() -> None:
    """Everything that is marked, on the disk; a page that fails fails the test."""
    from hue.pages.models import Alarm, Stale

    write_stale(at=NOON)
    assert not Alarm.objects.filter(over_at=None).exists(), Alarm.objects.values_list("says")
    assert not Stale.objects.exists()


def holding(word: str) -> list[str]:
    """The public files that hold a word: their names too, and what is compressed or drawn."""
    found = []
    for file in sorted(root().rglob("*")):
        if file.is_file() and (word in file.name or word.encode() in _content(file)):
            found.append(str(file.relative_to(root())))
    return found


def _content(file: Path) -> bytes:
    raw = file.read_bytes()
    return gzip.decompress(raw) if file.suffix == ".gz" else raw

"""Which watches asked for some words."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from hue.listening.models import Watch


def folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


@dataclass(frozen=True)
class Wanted:
    """One of the topics stands in it; with places, the name of one of them, too."""

    watch: int
    role: str
    topics: re.Pattern[str]
    places: re.Pattern[str] | None

    def asks_for(self, words: str) -> bool:
        found = self.topics.search(words)
        return bool(found and (self.places is None or self.places.search(words)))


def wanted(watches: Iterable[Watch]) -> list[Wanted]:
    return [
        Wanted(
            watch.pk,
            watch.role,
            _any(watch.topics),
            _any(places) if (places := [place.name for place in watch.places.all()]) else None,
        )
        for watch in watches
    ]


def _any(words: list[str]) -> re.Pattern[str]:
    """“kings heath” is found in “#KingsHeath” as well; a hashtag only as one."""
    forms = sorted({_form(word) for word in words}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)")


def _form(word: str) -> str:
    parts = [re.escape(part) for part in folded(word).split()]
    return parts[0] if parts[0].startswith("\\#") else "#?" + r"[\s-]*".join(parts)

"""Kinds of entries: each can be read aloud as a sentence."""

from string import Formatter
from typing import Any

REGISTRY: dict[str, "Kind"] = {}


class Kind:
    """`sentence` is a format string over `by` and the entry's data and personal data."""

    def __init__(self, slug: str, sentence: str) -> None:
        self.slug, self.sentence = slug, sentence
        REGISTRY[slug] = self

    def read(self, by: str, facts: dict[str, Any], *, missing: str = "[shredded]") -> str:
        """`missing` stands for personal data that the reader may not see, or that nobody can."""
        return self.sentence.format_map(_Facts({**facts, "by": by}, missing))

    @property
    def names(self) -> set[str]:
        """What the sentence asks for besides who."""
        parts = Formatter().parse(self.sentence)
        return {name for _, name, _, _ in parts if name} - {"by"}


class _Facts(dict[str, Any]):
    def __init__(self, facts: dict[str, Any], missing: str) -> None:
        super().__init__(facts)
        self._missing = missing

    def __missing__(self, key: str) -> str:
        return self._missing

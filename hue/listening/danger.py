"""Whether words tell of a risk to life: asked before anything is dropped."""

from hue.listening.engine.cues import LIFE, cues
from hue.listening.engine.words import plain


def may_be_at_risk(text: str) -> bool:
    return any(kind == LIFE for kind, _ in cues(plain(text)).risks)

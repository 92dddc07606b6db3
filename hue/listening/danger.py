"""Whether words tell of a risk to life: asked before anything is dropped."""


def may_be_at_risk(text: str) -> bool:
    # Here: the engine is large, and only the worker takes anything in.
    from hue.listening.engine.cues import LIFE, cues
    from hue.listening.engine.words import plain

    return any(kind == LIFE for kind, _ in cues(plain(text)).risks)

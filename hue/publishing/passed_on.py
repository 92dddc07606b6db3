"""The text of a post that passes on somebody else's: our words, theirs, the credit."""

from hue.fediverse.foreign import Foreign

SHORTEST = 40  # characters of theirs; with fewer nobody knows what it is about


def text_of(said: Foreign, words: str, *, longest: int) -> str:
    """As much of theirs as fits; with too many words of our own it does not, and is refused."""
    credit = f"{said.by}, {said.page}"
    before = f"{words.strip()}\n\n" if words.strip() else ""
    room = max(longest - len(before) - len(credit) - len("“”\n"), SHORTEST)
    theirs = said.words if len(said.words) <= room else f"{said.words[: room - 1].rstrip()}…"
    return f"{before}“{theirs}”\n{credit}"

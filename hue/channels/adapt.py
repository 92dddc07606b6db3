"""A post as it fits a network: whole, shortened with a link to our own page, or as a thread."""

import re
from typing import NamedTuple

from hue.channels.connector import Can

MOST_PARTS = 10
_END = re.compile(r"\s+")


class Fitted(NamedTuple):
    parts: tuple[str, ...]
    remarks: tuple[str, ...]  # what does not fit, in words


def fit(
    can: Can, text: str, link: str, *, hashtag: str = "", pictures: int = 0, thread: bool = False
) -> Fitted:
    tail = _tail(text, link, hashtag) if can.tail else ""
    parts, remarks = _parts(can, text, tail, thread=thread)
    if pictures > can.pictures:
        left = pictures - can.pictures
        which = "Pictures do" if can.pictures == 0 else f"{left} of {pictures} pictures do"
        remarks.append(f"{which} not go there; the link leads to all of it.")
    if can.needs_picture and not pictures:
        remarks.append("It needs a picture: without one it does not go there.")
    return Fitted(tuple(parts), tuple(remarks))


def _parts(can: Can, text: str, tail: str, *, thread: bool) -> tuple[list[str], list[str]]:
    if can.counts(text + tail) <= can.length:
        return [text + tail], []
    if thread and can.threads:
        parts = _thread(can, text, tail)
        if len(parts) <= MOST_PARTS:
            return parts, [f"It is too long for one: a thread of {len(parts)}."]
    return [_shortened(can, text, "…" + tail)], ["Shortened: the link leads to the rest."]


def _tail(text: str, link: str, hashtag: str) -> str:
    tag = f"#{hashtag}"
    missing = hashtag and tag.lower() not in text.lower()
    return f"\n\n{tag} {link}" if missing else f"\n\n{link}"


def _thread(can: Can, text: str, tail: str) -> list[str]:
    """Numbered; the link stands under the last."""
    parts: list[str] = []
    rest = text
    while rest:
        mark = f"\n({len(parts) + 1})"
        if can.counts(rest + mark + tail) <= can.length:
            return [*parts, rest + mark + tail]
        head = _head(can, rest, mark)
        if head == rest:  # it fits, but not with the link: which does not stand all by itself
            head = _head(can, rest, mark + tail)
        parts.append(head + mark)
        rest = rest[len(head) :].strip()
    return parts


def _shortened(can: Can, text: str, tail: str) -> str:
    return _head(can, text, tail) + tail


def _head(can: Can, text: str, tail: str) -> str:
    """As many whole words as fit before `tail`; of one endless word, its letters."""
    ends = [match.start() for match in _END.finditer(text)] + [len(text)]
    fitting = [end for end in ends if end and can.counts(text[:end] + tail) <= can.length]
    if fitting:
        return text[: fitting[-1]]
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if can.counts(text[:middle] + tail) <= can.length:
            low = middle
        else:
            high = middle - 1
    return text[:low]

"""RSS 2.0 and Atom (RFC 4287)."""

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree as Xml

from hue.listening.arrival import Arrival, Haul
from hue.listening.sources.asked import NoAnswer, Question, get
from hue.listening.sources.file import time_of
from hue.listening.sources.markup import words

ATOM = "{http://www.w3.org/2005/Atom}"
MOST = 500


def look(question: Question) -> Haul:
    return read(get(question), at=question.at)


def read(body: bytes, *, at: datetime) -> Haul:
    # Entities can make a small feed a huge one; no feed needs them.
    if b"<!ENTITY" in body or b"<!DOCTYPE" in body:
        raise NoAnswer("The feed carries definitions of its own, which are not read.")
    try:
        root = Xml.fromstring(body)  # noqa: S314  bounded, and without definitions
    except Xml.ParseError as error:
        raise NoAnswer("It sends something that is no feed.") from error
    entries = [*root.iter("item"), *root.iter(f"{ATOM}entry")][:MOST]
    found = list(map(_arrival, entries))
    return Haul([one for one in found if one], broken=found.count(None))


def _arrival(entry: Xml.Element) -> Arrival | None:
    told = {child.tag.removeprefix(ATOM): child for child in reversed(entry)}
    link = told.get("link")
    address = (link.get("href") or _text(link)) if link is not None else ""
    id_ = _text(told.get("guid")) or _text(told.get("id")) or address
    at = next(_times(told), None)
    said = [_text(told.get(name)) for name in ("title", "description", "summary", "content")]
    if not id_ or at is None:
        return None
    text = "\n".join(dict.fromkeys(filter(None, map(words, said))))
    return Arrival(id_[:500], text, at, address=address[:500])


def _times(told: dict[str, Xml.Element]) -> Iterator[datetime]:
    for name in ("pubDate", "published", "updated"):
        written = _text(told.get(name))
        if when := time_of(written) or _rfc822(written):
            yield when


def _rfc822(written: str) -> datetime | None:
    try:
        when = parsedate_to_datetime(written)
    except ValueError:
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _text(element: Xml.Element | None) -> str:
    return "".join(element.itertext()).strip() if element is not None else ""

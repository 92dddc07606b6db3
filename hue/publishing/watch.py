"""Looking at our own feeds from outside, as any reader would: do they parse, are they fresh, do
they say what the database says?"""

import json
from datetime import datetime, timedelta
from xml.etree import ElementTree

from django.conf import settings

from hue.events.models import LiveEvent
from hue.lib.fetch import FetchFailed, fetch
from hue.pages.alarms import end_alarm, raise_alarm
from hue.publishing.feeds import TOMBSTONES, Scope, feeds, scope_of

PATIENCE = timedelta(minutes=2)  # what is newer may still be on its way to the disk
LARGEST = 2 * 2**20
ATOM = "{http://www.w3.org/2005/Atom}"


class Wrong(Exception):
    """A feed is not as it should be; the message says how, in words for the desk."""


def look(*, at: datetime, patience: timedelta = PATIENCE) -> None:
    """One alarm a feed, which ends by itself when the feed is right again."""
    if settings.HUE_DRILL:
        return  # it has no outside
    live = LiveEvent.objects.filter(state__in=["live", "closing"])
    for key in ["force", *(f"events/{event.hashtag}" for event in live)]:
        slug = f"watch {key}"
        try:
            check(key, at=at, patience=patience)
        except (Wrong, FetchFailed) as trouble:
            raise_alarm(slug, f"Seen from outside, {_whose(key)}: {trouble}", at=at)
        else:
            end_alarm(slug, at=at)


def _whose(key: str) -> str:
    return "the force's feeds" if key == "force" else f"the feeds of #{key.rpartition('/')[2]}"


def check(key: str, *, at: datetime, patience: timedelta = PATIENCE) -> None:
    """Raises Wrong, or FetchFailed when a feed cannot be fetched at all."""
    scope = scope_of(key)
    assert scope is not None
    expected = _expected(scope, at - patience)
    told = {
        "RSS": _rss(_fetched(f"{scope.base}feed.rss")),
        "Atom": _atom(_fetched(f"{scope.base}feed.atom")),
        "JSON": _json(_fetched(f"{scope.base}feed.json")),
    }
    for name, found in told.items():
        for address, withdrawn in expected.items():
            if address not in found:
                raise Wrong(f"{name} misses {address}.")
            if found[address] != withdrawn:
                state = "withdrawn" if withdrawn else "standing"
                raise Wrong(f"{name} does not know that {address} is {state}.")


def _expected(scope: Scope, until: datetime) -> dict[str, bool]:
    """Addresses that must be there, and whether each was withdrawn."""
    (feed,) = feeds([scope])
    settled = (entry for entry in feed.entries if entry.updated < until)
    return {entry.address: entry.withdrawn for entry in settled}


def _fetched(path: str) -> bytes:
    answer = fetch(settings.HUE_SITE + path, largest=LARGEST)
    if answer.status != 200:
        raise Wrong(f"{path} answers {answer.status}.")
    return answer.body


def _rss(raw: bytes) -> dict[str, bool]:
    items = _parsed(raw, "RSS").findall("channel/item")
    return {i.findtext("guid", ""): _gone(i.findtext("title")) for i in items}


def _atom(raw: bytes) -> dict[str, bool]:
    found = _parsed(raw, "Atom").findall(f"{ATOM}entry")
    return {e.findtext(f"{ATOM}id", ""): _gone(e.findtext(f"{ATOM}title")) for e in found}


def _gone(title: str | None) -> bool:
    return title in TOMBSTONES.values()


def _json(raw: bytes) -> dict[str, bool]:
    try:
        items = json.loads(raw)["items"]
    except (ValueError, KeyError) as error:
        raise Wrong("the JSON feed does not parse.") from error
    return {item["id"]: "_hue" in item for item in items}


def _parsed(raw: bytes, name: str) -> ElementTree.Element:
    if b"<!" in raw[:200]:  # ours have no document type, and entities are a known way to hang us
        raise Wrong(f"the {name} feed is not ours: it declares entities.")
    try:
        return ElementTree.fromstring(raw)  # noqa: S314  without a document type there is no harm
    except ElementTree.ParseError as error:
        raise Wrong(f"the {name} feed does not parse: {error}.") from error

"""A feed as RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from io import BytesIO, StringIO
from typing import Any, NamedTuple
from xml.sax.xmlreader import AttributesImpl

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed, rfc3339_date
from django.utils.xmlutils import SimplerXMLGenerator

from hue.lib import clock


class Entry(NamedTuple):
    """`address` is also its name, for ever."""

    id: str
    address: str
    title: str
    html: str
    author: str
    published: datetime
    updated: datetime
    withdrawn: bool
    picture: str


class Feed(NamedTuple):
    title: str
    says: str
    base: str  # of its page on our site
    address: str  # the same in full
    author: str
    updated: datetime
    entries: list[Entry]


class _Kept(SyndicationFeed):
    """Writes each entry once: four feeds repeat the same ones after every post."""

    tag = ""

    def write_items(self, handler: Any) -> None:
        for item in self.items:
            # The one call of the writer that escapes nothing: the piece is XML already.
            handler.ignorableWhitespace(_piece(self.tag, item["entry"]))


class _Rss(_Kept, Rss201rev2Feed):
    tag = "item"

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        # RSS has no word for "changed since"; Atom's is understood inside it.
        handler.addQuickElement("atom:updated", rfc3339_date(item["updateddate"]))

    def latest_post_date(self) -> datetime:
        found: datetime = self.feed["updated"]
        return found


class _Atom(_Kept, Atom1Feed):
    tag = "entry"

    def latest_post_date(self) -> datetime:
        found: datetime = self.feed["updated"]
        return found


KINDS: dict[str, type[_Kept]] = {kind.tag: kind for kind in (_Rss, _Atom)}


def rss(feed: Feed, own: str) -> bytes:
    return _written(_Rss, feed, own)


def atom(feed: Feed, own: str) -> bytes:
    return _written(_Atom, feed, own)


def as_json(feed: Feed, own: str) -> bytes:
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.says,
        "home_page_url": feed.address,
        "feed_url": own,
        "language": "en-GB",
        "authors": [{"name": feed.author}],
        "items": [_item(entry) for entry in feed.entries],
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


WRITERS: dict[str, Callable[[Feed, str], bytes]] = {"rss": rss, "atom": atom, "json": as_json}


def _written(kind: type[_Kept], feed: Feed, own: str) -> bytes:
    made = kind(
        title=feed.title,
        link=feed.address,
        description=feed.says,
        subtitle=feed.says,
        author_name=feed.author,
        feed_url=own,
        feed_guid=feed.address,
        language="en-gb",
        updated=feed.updated,
    )
    made.items = [{"entry": entry} for entry in feed.entries]
    out = BytesIO()
    made.write(out, "utf-8")
    return out.getvalue()


@lru_cache(maxsize=2048)
def _piece(tag: str, entry: Entry) -> str:
    one = KINDS[tag](title="", link="", description="")
    one.add_item(
        title=entry.title,
        link=entry.address,
        unique_id=entry.address,
        unique_id_is_permalink=True,
        description=entry.html,
        author_name=entry.author,
        pubdate=entry.published,
        updateddate=entry.updated,
    )
    out = StringIO()
    handler = SimplerXMLGenerator(out, "utf-8", short_empty_elements=True)
    handler.startElement(tag, AttributesImpl({}))
    one.add_item_elements(handler, one.items[0])
    handler.endElement(tag)
    return out.getvalue()


def _item(entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.address,
        "url": entry.address,
        "title": entry.title,
        "content_html": entry.html,
        "date_published": clock.stamp(entry.published),
        "date_modified": clock.stamp(entry.updated),
        "authors": [{"name": entry.author}],
    }
    if entry.picture:
        item["image"] = entry.picture
    if entry.withdrawn:
        item["_hue"] = {"withdrawn": True}
    return item

"""Feeds as readers take them."""

import json
from datetime import timedelta
from xml.etree import ElementTree

import feedparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hue.pages.build import write_pages
from hue.pages.sources import REGISTRY
from hue.publishing import actions
from hue.publishing.models import Post
from tests.cast import NOON, Cast
from tests.publishing.public import read, say, written

SCOPES = ["", "units/south/", "neighbourhoods/kings-heath/", "events/day24/"]
SITE = "http://127.0.0.1:8000"


@pytest.mark.parametrize("base", SCOPES)
@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_a_real_reader_takes_every_feed(cast: Cast, base: str, kind: str) -> None:
    post = say(cast, "A <b>bold</b> claim & more.")
    written()
    feed = feedparser.parse(read(f"{base}feed.{kind}"))
    assert not feed.bozo, feed.bozo_exception
    assert feed.version == {"rss": "rss20", "atom": "atom10"}[kind]
    (entry,) = feed.entries
    assert entry.id == entry.link == f"{SITE}/posts/{post.id}/"
    assert entry.title == "Kings Heath: A <b>bold</b> claim & more." or "&lt;b&gt;" in entry.title
    assert "A &lt;b&gt;bold&lt;/b&gt; claim &amp; more." in entry.summary
    assert entry.published_parsed[:5] == (2026, 7, 9, 11, 0)
    own = [link for link in feed.feed.links if link.rel == "self"]
    assert own[0].href == f"{SITE}/{base}feed.{kind}"


@pytest.mark.parametrize("base", SCOPES)
def test_the_json_feed_has_what_its_standard_asks(cast: Cast, base: str) -> None:
    post = say(cast)
    written()
    feed = json.loads(read(f"{base}feed.json"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"{SITE}/{base}feed.json"
    (item,) = feed["items"]
    assert item["id"] == item["url"] == f"{SITE}/posts/{post.id}/"
    assert item["content_html"].startswith("<p>Puppy found")
    assert item["date_published"] == "2026-07-09T11:00:00Z"


def test_a_corrected_entry_comes_again_under_the_same_name(cast: Cast) -> None:
    post = say(cast, "The road is closed.")
    later = NOON + timedelta(minutes=20)
    actions.correct(
        by=cast.sergeant, at=later, post=post, seen=1, text="One lane is open.", reason="It opened."
    )
    written()
    for kind in ("rss", "atom"):
        (entry,) = feedparser.parse(read(f"feed.{kind}")).entries
        assert entry.id == f"{SITE}/posts/{post.id}/"
        assert "One lane is open." in entry.summary
        assert "It opened." in entry.summary
        assert entry.updated_parsed[:5] == (2026, 7, 9, 11, 20)
    assert json.loads(read("feed.json"))["items"][0]["date_modified"] == "2026-07-09T11:20:00Z"


def test_a_withdrawn_entry_stays_as_a_tombstone_however_old_it_is(cast: Cast) -> None:
    old = say(cast, "Officers wait at Zebra Lane.")
    for n in range(40):
        say(cast, f"Line {n}.", at=NOON + timedelta(minutes=n + 1))
    later = NOON + timedelta(hours=2)
    actions.withdraw(by=cast.sergeant, at=later, post=old, reason="It named a street.")
    written()
    for kind in ("rss", "atom"):
        entries = feedparser.parse(read(f"feed.{kind}")).entries
        (entry,) = [e for e in entries if e.id == f"{SITE}/posts/{old.id}/"]
        assert entry.title == "Withdrawn"
        assert "It named a street." in entry.summary
        assert len(entries) == 31
    assert "Zebra" not in read("feed.json")


def test_the_feeds_have_one_root_and_no_document_type(cast: Cast) -> None:
    say(cast, "Emoji 🐶 and \u202eturned\u202c words.")
    written()
    for kind in ("rss", "atom"):
        text = read(f"feed.{kind}")
        ElementTree.fromstring(text)
        assert "<!" not in text
        assert "🐶" in text


def test_a_post_of_another_place_is_not_in_this_places_feed(cast: Cast) -> None:
    say(cast)
    Post.objects.update(neighbourhood=None)
    from hue.pages import stale

    stale.mark(("publishing.feed", "neighbourhoods/kings-heath"), at=NOON)
    written()
    assert feedparser.parse(read("neighbourhoods/kings-heath/feed.rss")).entries == []


def test_a_feed_of_many_posts_asks_no_more_of_the_database_than_a_feed_of_one(cast: Cast) -> None:
    say(cast)
    _asked("publishing.feed", "force")  # who we are is read once for all pages
    of_one = _asked("publishing.feed", "force")
    for number in range(5):
        say(cast, f"Post {number}.")
    assert _asked("publishing.feed", "force") == of_one


def test_feeds_that_repeat_the_same_posts_read_them_once(cast: Cast) -> None:
    say(cast)
    _asked("publishing.feed", "force")
    of_one = _asked("publishing.feed", "force")
    others = ("events/day24", "neighbourhoods/kings-heath", "units/south")
    # One more each: what the feed is about.
    assert _asked("publishing.feed", "force", *others) == of_one + len(others)


@pytest.mark.parametrize(
    ("source", "key"),
    [("home", ""), ("event", "day24"), ("neighbourhood", "kings-heath"), ("unit", "south")],
)
def test_a_page_that_people_wait_for_asks_little_of_the_database(
    cast: Cast, source: str, key: str
) -> None:
    say(cast)
    _asked(f"publishing.{source}", key)
    assert _asked(f"publishing.{source}", key) <= 6


def _asked(source: str, *keys: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        write_pages(REGISTRY[source], keys)
    return len(queries)

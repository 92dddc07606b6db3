"""The pages of the force, a unit, a neighbourhood and an event: widget, oEmbed, card when shared."""

import html
import json
import re
from datetime import timedelta

import pytest

from hue.events import actions as events
from hue.pages import stale
from hue.pages.rebuild import rebuild
from hue.publishing import actions
from hue.publishing.actions.compose import Draft
from hue.publishing.models import Post
from hue.streams.models import Told
from tests.cast import NOON, Cast
from tests.publishing.public import holding, read, root, written

SITE = "http://127.0.0.1:8000"
PAGES = {  # file of the page -> address, topic, what it is called
    "index": ("/", "force", "Test Police"),
    "units/south": ("/units/south/", "unit/south", "South"),
    "neighbourhoods/kings-heath": (
        "/neighbourhoods/kings-heath/",
        "neighbourhood/kings-heath",
        "Kings Heath",
    ),
    "events/day24": ("/events/day24/", "event/day24", "#day24"),
}
EACH = pytest.mark.parametrize("page", PAGES)


def say(cast: Cast, words: str, minute: int = 30) -> Post:
    at = NOON + timedelta(minutes=minute)
    return actions.compose(by=cast.officer, at=at, draft=Draft(words, event=cast.event))


@pytest.fixture
def said(cast: Cast) -> Cast:
    for number in range(7):
        say(cast, f"Line {number}.", number)
    written()
    return cast


@EACH
def test_its_widget_shows_the_newest_and_hears_of_more(said: Cast, page: str) -> None:
    address, topic, title = PAGES[page]
    frame = read(f"{address[1:]}embed.html")
    assert frame.count('<article class="line') == 5
    assert f'data-topic="{topic}"' in frame
    assert Told.objects.filter(topic=topic).count() == 7
    assert 'data-zone="Europe/London"' in frame
    assert f'data-latest="{address}latest/"' in frame
    assert read(f"{address[1:]}latest.html").count('<article class="line') == 7
    assert f'<a href="{SITE}{address}">{title}</a>' in frame


@EACH
def test_it_gives_the_code_to_copy_and_oembed_the_same(said: Cast, page: str) -> None:
    address, _, title = PAGES[page]
    told = read(f"{page}.html")
    found = re.search(r'type="application/json\+oembed" href="([^"]+)"', told)
    assert found
    answer = json.loads(read(found[1].removeprefix(f"{SITE}/")))
    assert (answer["type"], answer["title"]) == ("rich", title)
    assert f'src="{SITE}{address}embed/"' in answer["html"]
    assert html.escape(answer["html"]) in told
    assert f'href="{address}embed/"' in told


@EACH
def test_where_it_is_shared_it_shows_a_card_that_is_there(said: Cast, page: str) -> None:
    told = read(f"{page}.html")
    card = re.search(rf'property="og:image" content="{SITE}/(cards/\w+\.png)"', told)
    assert card
    assert (root() / card[1]).read_bytes().startswith(b"\x89PNG")
    assert 'content="summary_large_image"' in told
    rebuild(at=NOON)
    assert (root() / card[1]).exists()


def test_the_same_words_keep_their_card_and_new_ones_get_another(said: Cast) -> None:
    before = _card("events/day24")
    say(said, "One more.")
    written()
    assert _card("events/day24") == before
    said.event.state = "planned"
    said.event.save()
    events.amend(by=said.comms, at=NOON, event=said.event, purpose="To show a whole night.")
    written()
    after = _card("events/day24")
    assert after != before
    assert (root() / after).exists()
    rebuild(at=NOON)
    assert not (root() / before).exists()


def test_a_withdrawn_post_leaves_every_widget(said: Cast) -> None:
    post = say(said, "Officers wait at Zebra Lane.")
    written()
    assert "units/south/embed.html" in holding("Zebra")
    actions.withdraw(by=said.sergeant, at=NOON, post=post, reason="It named a street.")
    written()
    assert holding("Zebra") == []
    assert "It named a street." in read("units/south/embed.html")


def test_a_unit_has_a_page_with_its_neighbourhoods(said: Cast) -> None:
    stale.mark(("publishing.neighbourhoods", ""), at=NOON)
    written()
    page = read("units/south.html")
    assert 'href="/neighbourhoods/kings-heath/"' in page
    assert "Line 6." in page
    assert 'href="/units/south/feed.rss"' in page
    assert 'href="/units/south/"' in read("neighbourhoods.html")


def _card(page: str) -> str:
    found = re.search(rf'og:image" content="{SITE}/(cards/\w+\.png)"', read(f"{page}.html"))
    assert found
    return found[1]

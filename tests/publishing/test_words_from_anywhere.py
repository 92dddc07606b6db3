"""Whatever is typed or pasted: it is published as it reads, or refused in a sentence."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import LazySettings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hue.lib.html import plain, to_html
from hue.pages.build import write_stale
from hue.people.access import Refused
from hue.publishing import actions
from hue.publishing.actions.compose import Draft
from tests.cast import NOON, Cast

OVERRIDE = "Road open\u202ednuora dnuof ydob"
FAMILY = "\U0001f469\u200d\U0001f467\u200d\U0001f466"


def published(cast: Cast, text: str, root: str) -> str:
    post = actions.compose(by=cast.officer, at=NOON, draft=Draft(text))
    write_stale(at=NOON)
    return Path(root, f"posts/{post.id}.html").read_text()


def test_a_direction_mark_cannot_make_a_line_read_as_another(
    cast: Cast, settings: LazySettings
) -> None:
    assert "\u202e" not in published(cast, OVERRIDE, settings.PUBLIC_ROOT)


def test_emoji_arabic_and_welsh_arrive_whole(cast: Cast, settings: LazySettings) -> None:
    text = f"Diolch {FAMILY} شكرا ŵy"
    assert text in published(cast, text, settings.PUBLIC_ROOT)


def test_zero_width_characters_are_not_words(cast: Cast) -> None:
    with pytest.raises(Refused, match="no words yet"):
        actions.compose(by=cast.officer, at=NOON, draft=Draft("\u200b\ufeff \u2060"))


def test_ten_thousand_characters_are_refused_with_the_number_to_cut(cast: Cast) -> None:
    with pytest.raises(Refused, match="9000 characters too long; the limit is 1000"):
        actions.compose(by=cast.officer, at=NOON, draft=Draft("x" * 10_000))


def test_markup_is_shown_and_not_obeyed(cast: Cast, settings: LazySettings) -> None:
    page = published(cast, '<script>alert(1)</script> <b>& "so"', settings.PUBLIC_ROOT)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &lt;b&gt;&amp;" in page


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300))
def test_any_text_becomes_html_that_says_the_same(text: str) -> None:
    class Words(HTMLParser):
        said = ""

        def handle_data(self, data: str) -> None:
            self.said += data

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert tag in {"a", "br"}
            self.said += "\n" if tag == "br" else ""

    words = Words()
    words.feed(to_html(plain(text), tags=frozenset({"bsp24"})))
    words.close()
    assert words.said == plain(text)

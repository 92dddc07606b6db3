"""Running totals of a live event: calls by kind as bars, and the same as a table."""

import re
from html import unescape

from django.test import Client

from hue.incidents.kinds import KINDS
from hue.incidents.models import Incident
from hue.publishing import actions
from hue.publishing.actions.compose import Draft
from hue.publishing.models import Post
from tests.cast import NOON, Cast
from tests.publishing.public import read, written


def told(cast: Cast, kind: str, times: int = 1) -> Post:
    for _ in range(times):
        happened = Incident.objects.create(
            kind=kind, neighbourhood=cast.kings_heath, happened_at=NOON, by=cast.officer
        )
        draft = Draft(f"About {kind}.", event=cast.event, incident=happened)
        post = actions.compose(by=cast.officer, at=NOON, draft=draft)
    return post


def bars(page: str) -> list[tuple[str, int, int]]:
    """Label, calls, width."""
    found = re.findall(r"<li><span>(.*?)</span> <b>(\d+)</b><svg.*?<rect width=\"(\d+)\"", page)
    return [(unescape(label), int(calls), int(width)) for label, calls, width in found]


def rows(page: str) -> list[tuple[str, int]]:
    table = page.partition('<caption class="unseen">Calls by kind</caption>')[2]
    found = re.findall(r'<tr><th scope="row">([^<]+)</th><td class="num">(\d+)</td></tr>', table)
    return [(unescape(label), int(calls)) for label, calls in found]


def test_from_the_first_call_they_stand_by_kind_as_bars_and_as_a_table(cast: Cast) -> None:
    told(cast, "found_animal")
    written()
    assert bars(read("events/day24.html")) == [("Animal", 1, 100)]
    told(cast, "theft", 4)
    written()
    page = read("events/day24.html")
    assert bars(page) == [("Theft", 4, 100), ("Animal", 1, 25)]
    assert rows(page) == [("Theft", 4), ("Animal", 1)]
    assert '<dd><a href="#by-kind">5</a></dd>' in page


def test_beyond_ten_bars_the_rarer_are_one_number_and_the_table_has_all(cast: Cast) -> None:
    kinds = list(KINDS)[:13]
    for kind in kinds[:10]:
        told(cast, kind, 2)
    for kind in kinds[10:]:
        told(cast, kind)
    written()
    page = read("events/day24.html")
    assert [calls for _, calls, _ in bars(page)] == [2] * 10
    assert "<li><span>3 other kinds</span> <b>3</b></li>" in page
    assert sorted(label for label, _ in rows(page)) == sorted(KINDS[kind] for kind in kinds)


def test_what_was_withdrawn_is_no_longer_counted(cast: Cast) -> None:
    post = told(cast, "theft")
    told(cast, "found_animal")
    actions.withdraw(by=cast.sergeant, at=NOON, post=post, reason="Wrong.")
    written()
    assert rows(read("events/day24.html")) == [("Animal", 1)]


def test_open_pages_can_ask_for_the_figures_alone(cast: Cast) -> None:
    told(cast, "theft")
    written()
    page, fragment = read("events/day24.html"), read("events/day24/figures.html")
    assert 'data-figures="/events/day24/figures/"' in page
    for part in ("totals", "by-hour", "by-kind"):
        assert f'id="{part}"' in page
        assert f'id="{part}"' in fragment
    assert bars(fragment) == [("Theft", 1, 100)]
    assert "About theft." not in fragment


def test_without_a_call_there_is_no_empty_chart(cast: Cast, client: Client) -> None:
    actions.compose(by=cast.officer, at=NOON, draft=Draft("Good morning.", event=cast.event))
    written()
    page = read("events/day24.html")
    assert 'id="by-kind" aria-labelledby="kinds" hidden' in page
    assert bars(page) == []

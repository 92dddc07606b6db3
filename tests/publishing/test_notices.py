"""What is announced for a time of its own stands at the top until it is over."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from hue.people.access import Refused
from hue.publishing import actions
from hue.publishing.actions.compose import Draft
from hue.publishing.jobs import end_notices_over
from hue.publishing.models import Post
from tests.cast import NOON, Cast
from tests.publishing.public import read, written
from tests.publishing.test_handing_in import phone_of

PLACES = ["index.html", "neighbourhoods/kings-heath.html"]
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hue.lib.clock.now", lambda: NOON)


def announce(
    cast: Cast, start: datetime, end: datetime, text: str = "The High Street closes."
) -> Post:
    draft = Draft(text, kind="notice", holds_from=start, holds_until=end)
    return actions.compose(by=cast.officer, at=NOON, draft=draft)


def planned(page: str) -> str:
    """What stands under “Planned”, or nothing."""
    html = read(page)
    if 'id="notices"' not in html:
        return ""
    return html.split('id="notices"')[1].split("</section>")[0]


def test_a_coming_notice_stands_at_the_top_of_force_and_place_with_its_time(cast: Cast) -> None:
    post = announce(cast, NOON + HOUR, NOON + 3 * HOUR)
    written()
    for page in PLACES:
        assert "Thursday 9 July, 13:00 to 15:00" in planned(page)
        assert "The High Street closes." in planned(page)
        assert post.address in planned(page)


def test_the_next_one_stands_first_and_two_days_are_both_named(cast: Cast) -> None:
    announce(cast, NOON + 24 * HOUR, NOON + 48 * HOUR, "A campaign.")
    announce(cast, NOON + HOUR, NOON + 2 * HOUR, "A surgery.")
    written()
    said = planned("index.html")
    assert said.index("A surgery.") < said.index("A campaign.")
    assert "Friday 10 July, 12:00 to Saturday 11 July, 12:00" in said


def test_it_goes_by_itself_when_it_is_over(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    announce(cast, NOON + HOUR, NOON + 2 * HOUR)
    written()
    later = NOON + 2 * HOUR
    monkeypatch.setattr("hue.lib.clock.now", lambda: later)
    end_notices_over(at=later)
    written()
    assert [planned(page) for page in PLACES] == ["", ""]
    assert not Post.objects.filter(announced=True).exists()


def test_a_withdrawn_or_unpublished_notice_stands_nowhere(cast: Cast) -> None:
    post = announce(cast, NOON + HOUR, NOON + 2 * HOUR)
    draft = Draft("Not yet.", kind="notice", holds_from=NOON, holds_until=NOON + HOUR)
    actions.compose(by=cast.officer, at=NOON, draft=draft, send="review")
    actions.withdraw(by=cast.sergeant, at=NOON, post=post, reason="Called off.")
    written()
    assert [planned(page) for page in PLACES] == ["", ""]


def test_its_times_are_corrected_in_the_open(cast: Cast, client: Client) -> None:
    post = announce(cast, NOON + HOUR, NOON + 3 * HOUR)
    written()
    assert "<b>When:</b>" in read(f"posts/{post.id}.html")
    client.force_login(cast.sergeant)
    page = client.get(f"/desk/posts/{post.id}/").content.decode()
    assert 'value="2026-07-09T13:00"' in page
    new = {"version": 1, "text": post.text, "reason": "The works were moved."}
    new |= {"holds_from": "2026-07-10T09:00", "holds_until": "2026-07-10T08:00"}
    answer = client.post(f"/desk/posts/{post.id}/correct/", new)
    assert (answer.status_code, "before it begins" in answer.content.decode()) == (422, True)
    assert 'value="2026-07-10T08:00"' in answer.content.decode()
    new["holds_until"] = "2026-07-10T11:00"
    assert client.post(f"/desk/posts/{post.id}/correct/", new).status_code == 302
    written()
    for page in PLACES:
        assert "Friday 10 July, 09:00 to 11:00" in planned(page)
        assert "Thursday 9 July, 13:00" not in planned(page)
    said = read(f"posts/{post.id}.html")
    assert "Friday 10 July, 09:00 to 11:00" in said
    assert "<del>The High Street closes. (Thursday 9 July, 13:00 to 15:00)</del>" in said
    assert "The works were moved." in said
    assert "Thursday 9 July, 13:00 to" in client.get(f"/desk/posts/{post.id}/").content.decode()


def test_a_correction_may_end_a_notice_at_once_or_bring_it_back(cast: Cast) -> None:
    post = announce(cast, NOON - HOUR, NOON + 3 * HOUR)
    for seen, until, stands in ((1, NOON, False), (2, NOON + HOUR, True)):
        actions.correct(
            by=cast.sergeant,
            at=NOON,
            post=post,
            seen=seen,
            text=post.text,
            reason="The road is open.",
            times=(NOON - HOUR, until),
        )
        written()
        assert [bool(planned(page)) for page in PLACES] == [stands, stands]
        assert Post.objects.get().announced is stands


def test_only_what_announces_something_has_times_to_correct(cast: Cast) -> None:
    post = actions.compose(by=cast.officer, at=NOON, draft=Draft("All calm."))
    with pytest.raises(Refused, match="announces nothing"):
        actions.correct(
            by=cast.sergeant,
            at=NOON,
            post=post,
            seen=1,
            text="All calm.",
            reason="?",
            times=(NOON, NOON + HOUR),
        )
    assert Post.objects.get().version == 1


def test_what_is_over_already_is_not_announced(cast: Cast) -> None:
    with pytest.raises(Refused, match="over already"):
        announce(cast, NOON - 2 * HOUR, NOON - HOUR)


def test_the_phone_sends_the_times_and_is_told_what_is_wrong_with_them(cast: Cast) -> None:
    client, device = phone_of(cast.officer)
    told = {"text": "Surgery.", "action": "publish", "holds_from": "2026-07-09T15:00"}
    answer = client.post("/api/posts", told, headers=device)
    assert (answer.status_code, "needs both" in answer.content.decode()) == (422, True)
    answer = client.post("/api/posts", told | {"holds_until": "2026-07-09T14:00"}, headers=device)
    assert (answer.status_code, "before it begins" in answer.content.decode()) == (422, True)
    answer = client.post("/api/posts", told | {"holds_until": "2026-07-09T16:00"}, headers=device)
    assert answer.status_code == 200, answer.content
    post = Post.objects.get()
    assert (post.kind, post.announced) == ("notice", True)
    assert post.holds_until == NOON.replace(hour=15)


def test_the_plain_form_keeps_the_times_that_were_typed(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    typed = {"text": "Surgery.", "action": "publish", "holds_from": "2026-07-09T15:00"}
    answer = client.post("/desk/posts/new/", typed)
    assert answer.status_code == 422
    assert 'value="2026-07-09T15:00"' in answer.content.decode()

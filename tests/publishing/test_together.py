"""Several posts in one decision, where that is safe; each is checked and each says its result."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from hue.audit.models import Entry
from hue.incidents import actions as incidents
from hue.incidents.models import Incident
from hue.media import actions as media
from hue.people.access import Refused
from hue.people.models import Officer
from hue.people.queries import system
from hue.publishing import actions
from hue.publishing.actions.compose import Draft
from hue.publishing.models import Post, Review
from tests.cast import NOON, Cast
from tests.media.test_pictures import photo
from tests.publishing.cases import PHONE

CALM = "A man was helped home from the High Street. Call {n} of the day. All calm."
WHY = "Read them all."


@pytest.fixture
def waiting(cast: Cast) -> Callable[..., Post]:
    """A post that asks for a second person and nothing else."""

    def one(text: str = CALM, send: str = "review", **also: Any) -> Post:
        draft = Draft(text.format(n=Post.objects.count()), **also)
        return actions.compose(by=cast.officer, at=NOON, draft=draft, send=send)

    return one


def decided(cast: Cast, verb: str, *posts: Post, reason: str = WHY) -> list[str]:
    """Why each was kept; empty where it was done."""
    pairs = [(post, post.version) for post in posts]
    outcomes = actions.decide_together(
        by=cast.sergeant, at=NOON, verb=verb, posts=pairs, reason=reason
    )
    return [one.why_kept for one in outcomes]


def test_one_reason_lets_several_out_and_stands_in_the_record_of_each(
    cast: Cast, waiting: Callable[..., Post]
) -> None:
    posts = [waiting() for _ in range(3)]
    with pytest.raises(Refused, match="Say why"):
        decided(cast, "approve", *posts, reason=" ")
    assert decided(cast, "approve", *posts) == ["", "", ""]
    assert set(Post.objects.values_list("state", flat=True)) == {"published"}
    entries = Entry.objects.filter(kind="post.approved")
    assert [entry.data["reason"] for entry in entries] == [WHY] * 3


def test_several_are_sent_back_with_the_reason_for_their_author(
    cast: Cast, waiting: Callable[..., Post]
) -> None:
    posts = [waiting(), waiting()]
    assert decided(cast, "send-back", *posts, reason="Please say it shorter.") == ["", ""]
    assert set(Post.objects.values_list("state", "note")) == {("draft", "Please say it shorter.")}


def test_one_that_is_not_safe_keeps_no_other(
    cast: Cast, sio: Officer, waiting: Callable[..., Post], burglary: Incident
) -> None:
    safe = waiting()
    stopped = waiting(PHONE, "override")
    late = waiting(written_at=NOON - timedelta(hours=2))
    incidents.add_step(by=cast.sergeant, at=NOON, incident=burglary, step="arrested", when=NOON)
    active = waiting("We were at a house in Kings Heath; nobody was hurt.", incident=burglary)
    picture = media.take_in(by=cast.officer, at=NOON, content=photo(), alt="A man in a park")
    facts = {"shows": "officer", "purpose": "To be known on the beat."}
    media.describe_picture(by=cast.officer, at=NOON, picture=picture, **facts)
    picture.refresh_from_db()
    media.approve_picture(by=sio, at=NOON, picture=picture, seen=picture.facts_digest)
    shows = waiting("In the park today: come and say hello.", pictures=[picture])
    changed = waiting()
    Post.objects.filter(pk=changed.pk).update(version=2)
    told = decided(cast, "approve", safe, stopped, late, active, shows, changed)
    assert told[0] == ""
    for why, says in zip(
        told[1:],
        (
            "The guard stops it",
            "reached us late",
            "Proceedings are active",
            "shows a person",
            "Somebody changed this post",
        ),
        strict=True,
    ):
        assert says in why
    assert Post.objects.filter(state="published").get() == safe


def test_what_the_guard_asks_a_closer_look_for_is_decided_by_itself(
    cast: Cast, waiting: Callable[..., Post]
) -> None:
    post = waiting("The suspect is an Irish traveller aged 34, arrested for theft.")
    assert post.state == "in_review"
    [why] = decided(cast, "approve", post)
    assert "The guard" in why


def test_nobody_decides_their_own_among_others(cast: Cast, waiting: Callable[..., Post]) -> None:
    own = actions.compose(by=cast.sergeant, at=NOON, draft=Draft("Mine."), send="review")
    other = waiting()
    told = decided(cast, "approve", own, other)
    assert "own post" in told[0]
    assert told[1] == ""


def test_the_screen_ticks_only_what_is_safe_and_tells_the_result(
    cast: Cast, waiting: Callable[..., Post], client: Client
) -> None:
    posts = [waiting() for _ in range(3)]
    stopped = waiting(PHONE, "override")
    client.force_login(cast.sergeant)
    assert "/desk/queues/approve/together/" in client.get("/desk/queues/approve/").content.decode()
    address = "/desk/queues/approve/together/"
    page = client.get(address).content.decode()
    for post in posts:
        assert f'value="{post.pk}:1"' in page
    assert f'value="{stopped.pk}:1"' not in page
    assert "The guard stops it." in page
    ticked = [f"{post.pk}:1" for post in posts]
    assert client.post(address, {"verb": "approve", "reason": WHY}).status_code == 422
    assert client.post(address, {"verb": "drop", "reason": WHY, "posts": ticked}).status_code == 422
    said = {"verb": "approve", "reason": WHY, "posts": [*ticked, f"{stopped.pk}:1"]}
    answer = client.post(address, said)
    page = answer.content.decode()
    assert "3 approved, 1 kept." in page
    assert f"/desk/posts/{stopped.pk}/" in page
    assert Post.objects.filter(state="published").count() == 3
    client.force_login(cast.officer)
    assert client.get(address).status_code == 403
    assert "Several at once" not in client.get("/desk/queues/approve/").content.decode()
    client.force_login(cast.sergeant)
    assert client.get("/desk/queues/alarms/together/").status_code == 404


def test_posts_of_a_changed_case_stand_together_where_nothing_speaks_against_it(
    cast: Cast, waiting: Callable[..., Post], burglary: Incident, client: Client
) -> None:
    text = "We were at a house in Kings Heath, visit {n}; nobody was hurt."
    posts = [waiting(text, "publish", incident=burglary) for _ in range(2)]
    incidents.mark_found(by=cast.officer, at=NOON, incident=burglary, when=NOON)
    burglary.refresh_from_db()
    actions.recheck(by=system(), at=NOON, incident=burglary)
    client.force_login(cast.sergeant)
    address = "/desk/queues/cases/together/"
    page = client.get(address).content.decode()
    assert all(f'value="{post.pk}:1"' in page for post in posts)
    said = {"verb": "stands", "reason": WHY, "posts": [f"{post.pk}:1" for post in posts]}
    assert client.post(address, said).status_code == 302
    assert not Review.objects.open().exists()
    assert "Nothing waits here" in client.get(address).content.decode()

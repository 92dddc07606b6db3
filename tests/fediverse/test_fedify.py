"""A real server of the fediverse follows, answers and leaves."""

from collections.abc import Iterator
from typing import Any

import pytest

from hue.fediverse import jobs, names
from hue.fediverse.models import Actor, Follower, Received, Server, Stranger
from tests.cast import Cast
from tests.fediverse.fedify import CAVAGE, RFC9421, Fedify, fedify, needs_fedify
from tests.fediverse.ours import an_account, our_server, send_answers, show

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True), needs_fedify]


@pytest.fixture
def site(settings: Any) -> Iterator[str]:
    settings.HUE_FETCH_PRIVATE = True
    with our_server() as site:
        yield site


@pytest.fixture
def police(cast: Cast, site: str) -> Actor:
    actor = an_account()
    show(actor)
    return actor


def follow(peer: Fedify, name: str, **also: str) -> str:
    target = names.actor(name)
    return peer.do("follow", target=target, to=target, inbox=names.shared_inbox(), **also)


@pytest.mark.parametrize("kind", [CAVAGE, RFC9421])
def test_a_follow_is_verified_kept_and_accepted(police: Actor, kind: str) -> None:
    with fedify(kind) as peer:
        assert follow(peer, "police") == ""
        assert peer.knocks == ["202 rfc9421" if kind == RFC9421 else "202 cavage"]
        (received,) = Received.objects.all()
        assert (received.state, received.kind) == ("due", "Follow")
        assert Stranger.objects.get().uri == peer.actor()
        assert Server.objects.get().host == peer.site.partition("//")[2]
        jobs.receive()
        assert Follower.objects.get().actor == police
        received.refresh_from_db()
        assert (received.state, received.body) == ("done", {})
        assert send_answers() == [202]
        assert peer.came.get(timeout=10)["came"] == "Accept"


@pytest.mark.parametrize("kind", [CAVAGE, RFC9421])
def test_a_closed_account_is_not_followed_and_they_are_told(police: Actor, kind: str) -> None:
    police.move_to("closed")
    with fedify(kind) as peer:
        assert follow(peer, "police") == ""
        jobs.receive()
        assert not Follower.objects.exists()
        assert send_answers() == [202]
        assert peer.came.get(timeout=10)["came"] == "Reject"

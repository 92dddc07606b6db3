"""A real server of the fediverse follows, answers and leaves."""

from collections.abc import Iterator
from typing import Any

import pytest

from hue.fediverse import actions, jobs, names
from hue.fediverse.models import (
    Actor,
    Flag,
    Follower,
    Quote,
    Reaction,
    Received,
    Reply,
    Server,
    Stranger,
)
from tests.cast import NOON, Cast
from tests.fediverse.fedify import CAVAGE, RFC9421, Fedify, fedify, needs_fedify
from tests.fediverse.ours import QUOTABLE, a_note, an_account, our_server, send_answers, show

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


@pytest.mark.parametrize("kind", [CAVAGE, RFC9421])
def test_it_likes_passes_on_answers_and_takes_all_of_it_back(police: Actor, kind: str) -> None:
    note = names.note(a_note(police).pk)
    with fedify(kind) as peer:

        def tell(verb: str, **told: str) -> None:
            ours = {"to": names.actor("police"), "inbox": names.inbox("police"), "target": note}
            assert peer.do(verb, **{**ours, **told}) == ""
            assert peer.knocks == ["202 rfc9421" if kind == RFC9421 else "202 cavage"]
            jobs.receive()
            assert not Received.objects.filter(state="refused").exists(), told

        tell("like")
        tell("announce")
        assert sorted(Reaction.objects.values_list("kind", flat=True)) == ["boost", "like"]
        tell("unannounce", id="announce")
        assert Reaction.objects.get().kind == "like"
        words = {"note": f"{peer.site}/notes/1", "answers": note}
        tell("reply", html="<p>Is it <b>found</b>?</p><script>x</script>", **words)
        assert Reply.objects.get().html == "<p>Is it <b>found</b>?</p>"
        tell("edit", html="Found.", **words)
        assert Reply.objects.get().html == "Found."
        tell("remove", note=words["note"])
        assert Reply.objects.get().html == ""
        tell("flag", html="Not true")
        assert Flag.objects.get().words == "Not true"


def test_it_asks_to_quote_and_hears_that_it_may_and_that_it_may_no_more(
    police: Actor, cast: Cast
) -> None:
    note = names.note(a_note(police, interactionPolicy=QUOTABLE).pk)
    with fedify() as peer:
        ours = {"to": names.actor("police"), "inbox": names.inbox("police"), "target": note}
        assert peer.do("quote", note=f"{peer.site}/notes/1", **ours) == ""
        jobs.receive()
        quote = Quote.objects.select_related("note__actor", "stranger__server").get()
        assert quote.uri == f"{peer.site}/notes/1"
        assert send_answers() == [202]
        told = peer.came.get(timeout=10)
        assert (told["came"], told["result"]) == ("Accept", names.stamp(quote.pk))
        actions.revoke_quote(by=cast.comms, at=NOON, quote=quote, reason="It mocks a victim.")
        assert send_answers() == [202]
        told = peer.came.get(timeout=10)
        assert (told["came"], told["about"]) == ("Delete", "QuoteAuthorization")
        assert told["object"] == names.stamp(quote.pk)


def test_it_unfollows_blocks_and_leaves_for_good(police: Actor) -> None:
    with fedify() as peer:
        ours = {"to": names.actor("police"), "inbox": names.shared_inbox()}
        target = names.actor("police")
        for verb in ("unfollow", "block"):
            assert follow(peer, "police", id=f"f-{verb}") == ""
            jobs.receive()
            assert Follower.objects.count() == 1
            id_ = f"f-{verb}" if verb == "unfollow" else verb
            assert peer.do(verb, target=target, id=id_, **ours) == ""
            jobs.receive()
            assert not Follower.objects.exists()
        assert follow(peer, "police", id="again") == ""
        assert peer.do("leave", **ours) == ""
        jobs.receive()
        assert not Stranger.objects.exists()


def test_a_message_that_is_sent_again_counts_once(police: Actor) -> None:
    with fedify() as peer:
        assert follow(peer, "police") == ""
        assert follow(peer, "police") == "", "the same once more"
        assert Received.objects.count() == 1

"""A second real server, written by others in C: it follows, answers and leaves."""

from pathlib import Path
from typing import Any

import pytest

from hue.fediverse import jobs, names
from hue.fediverse.models import Follower, Received, Reply
from tests.cast import Cast
from tests.fediverse.front import Front, our_site, show
from tests.fediverse.ours import a_note, an_account, send_answers
from tests.fediverse.snac import needs_snac, snac
from tests.processes import wait_for

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True), needs_snac]


def _worked_on(kind: str) -> bool:
    if not Received.objects.filter(kind=kind, state="due").exists():
        return False
    jobs.receive()
    return True


def test_snac_follows_answers_and_unfollows(cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.HUE_FETCH_PRIVATE = True
    with our_site(), snac(tmp_path / "snac") as peer:
        police = an_account()
        show(police)
        note = a_note(police)
        Front.objects["/posts/0123456789/"] = {
            "@context": "https://www.w3.org/ns/activitystreams",
            **note.object,
            "content": "Found.",
            "to": [names.PUBLIC],
            "published": "2026-07-09T11:00:00Z",
        }
        peer.do("follow", names.actor("police"))
        wait_for(lambda: _worked_on("Follow"))
        assert Follower.objects.get().stranger.uri == peer.actor
        assert send_answers() == [202]
        wait_for(peer.was_accepted)
        peer.do("request", names.note(note.pk))
        peer.answer(names.note(note.pk), "Is it *found*?")
        wait_for(lambda: _worked_on("Create"))
        assert "found" in Reply.objects.get().html
        peer.do("unfollow", names.actor("police"))
        wait_for(lambda: _worked_on("Undo"))
        assert not Follower.objects.exists()
